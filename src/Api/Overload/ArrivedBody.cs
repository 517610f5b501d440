using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>Looks at a body that has come already, without taking any of it.</summary>
internal static class ArrivedBody
{
    /// <summary>What a server receives at once; a larger body has not come yet, or not in one piece.</summary>
    private const int MostBytes = 4 * 1024;

    /// <returns>The whole body, until something else is read; null when it is not there in one piece.</returns>
    public static ReadOnlyMemory<byte>? TryPeek(HttpRequest request)
    {
        // Without a length it would be waited for; and reading fixes the server's bound, which larger ones may pass.
        if (request.ContentLength is not (> 0 and <= MostBytes) || request.Headers.Expect.Count > 0
            || !request.BodyReader.TryRead(out var read))
            return null;
        var body = read.Buffer;
        request.BodyReader.AdvanceTo(body.Start);
        return body.IsSingleSegment && body.Length == request.ContentLength ? body.First : null;
    }
}
