namespace GuestSessions.Api.Ingest;

/// <summary>Newline-delimited JSON, see https://github.com/ndjson/ndjson-spec.</summary>
internal static class Ndjson
{
    public const string ContentType = "application/x-ndjson";

    /// <summary>
    /// The lines that are not blank, with their numbers in the body; blank lines count but are skipped.
    /// Null when there are more lines than the limit.
    /// </summary>
    public static IReadOnlyList<NdjsonLine>? Split(ReadOnlyMemory<byte> body, int limit)
    {
        var lines = new List<NdjsonLine>();
        for (var number = 1; !body.IsEmpty; number++)
        {
            if (number > limit)
                return null;
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (!IsBlank(line.Span))
                lines.Add(new NdjsonLine(number, line));
        }

        return lines;
    }

    /// <summary>White space, and the bytes of a byte order mark, which concatenated files have in between.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(Blanks);

    private static ReadOnlySpan<byte> Blanks => " \t\r\uFEFF"u8;
}

/// <param name="Number">From 1.</param>
/// <param name="Bytes">Without its line break.</param>
internal readonly record struct NdjsonLine(long Number, ReadOnlyMemory<byte> Bytes);
