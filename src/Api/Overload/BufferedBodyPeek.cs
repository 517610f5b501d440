using System.Buffers;
using GuestSessions.Api.Ingest;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>Looks at a body that has already arrived, without consuming it.</summary>
internal static class BufferedBodyPeek
{
    /// <summary>Bytes that the server receives at once; a larger body has not arrived completely yet.</summary>
    private const int MostBytes = 4 * 1024;

    /// <summary>The importance of the events in a body; null when it has not arrived completely.</summary>
    public static Importance? TryJudge(HttpRequest request)
    {
        // A body without a length would need a wait, and reading fixes the server's bound, which larger bodies may exceed.
        if (request.ContentLength is not (> 0 and <= MostBytes) || request.Headers.Expect.Count > 0
            || !request.BodyReader.TryReadOn(out var read))
            return null;
        var body = read.Buffer;
        var seen = body.Length == request.ContentLength ? Judge(body) : (Importance?)null;
        request.BodyReader.AdvanceTo(body.Start);
        return seen;
    }

    /// <summary>The same for a body after the wait for it; null when there is none, or when it is too large.</summary>
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
