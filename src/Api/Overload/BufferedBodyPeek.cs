using System.Buffers;
using GuestSessions.Api.Ingest;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>Looks at a body that has come already, without taking any of it.</summary>
internal static class BufferedBodyPeek
{
    /// <summary>What a server receives at once; of a larger body, some has not come yet.</summary>
    private const int MostBytes = 4 * 1024;

    /// <summary>How important the events of a body are; null when it is not all there.</summary>
    public static Importance? TryJudge(HttpRequest request)
    {
        // Without a length it would be waited for; and reading fixes the server's bound, which larger ones may pass.
        if (request.ContentLength is not (> 0 and <= MostBytes) || request.Headers.Expect.Count > 0
            || !request.BodyReader.TryReadOn(out var read))
            return null;
        var body = read.Buffer;
        var seen = body.Length == request.ContentLength ? Judge(body) : (Importance?)null;
        request.BodyReader.AdvanceTo(body.Start);
        return seen;
    }

    /// <summary>The same of a body that was waited for; null when there is none, or too much of it.</summary>
    public static Importance? Judge(HttpRequest request)
    {
        if (!request.BodyReader.TryReadOn(out var read))
            return null;
        var seen = read.IsCompleted ? Judge(read.Buffer) : (Importance?)null;
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        return seen;
    }

    private static Importance Judge(in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
            return Importances.Of(body.FirstSpan);
        var length = (int)body.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(copy);
        var seen = Importances.Of(copy.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(copy);
        return seen;
    }
}
