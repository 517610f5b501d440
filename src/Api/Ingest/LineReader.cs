using System.Buffers;
using System.IO.Pipelines;
using GuestSessions.Core.Events;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// Reads NDJSON from a pipe in slices, and only on request, so that unread data slows its sender down. Lines are
/// checked in the server's own buffers and are not kept.
/// </summary>
/// <param name="pipe">The body.</param>
/// <param name="lineBytes">Maximum bytes of a line; a longer line is skipped and reported.</param>
internal sealed class LineReader(PipeReader pipe, int lineBytes)
{
    /// <summary>Bounds of a slice, the unit of recording.</summary>
    public const int MostLines = 500;
    public const int MostBytes = 256 * 1024;

    private long _number;
    private bool _isPassingOver;

    /// <summary>
    /// Waits for at least one line, then returns as many of the available lines as fit into a slice; none at
    /// the end.
    /// </summary>
    /// <exception cref="OperationCanceledException">The pipe cancelled the read.</exception>
    public async ValueTask<List<CheckedLine>> ReadAsync(EnvelopeReader envelopes)
    {
        var lines = new List<CheckedLine>();
        while (true)
        {
            var read = await pipe.ReadOnAsync();
            if (read.IsCanceled)
            {
                pipe.AdvanceTo(read.Buffer.Start);
                throw new OperationCanceledException("The service ended the stream.");
            }

            var rest = Take(read.Buffer, read.IsCompleted, envelopes, lines);
            var isEnd = read.IsCompleted && rest.IsEmpty;

            // Only an incomplete line counts as examined: it needs more data.
            pipe.AdvanceTo(rest.Start, lines.Count > 0 ? rest.Start : rest.End);
            if (lines.Count > 0 || isEnd)
                return lines;
        }
    }

    private ReadOnlySequence<byte> Take(
        ReadOnlySequence<byte> buffer, bool isCompleted, EnvelopeReader envelopes, List<CheckedLine> lines)
    {
        var bytes = 0L;
        while (lines.Count < MostLines && bytes < MostBytes && !buffer.IsEmpty)
        {
            var end = buffer.PositionOf((byte)'\n');
            if (end is null && !isCompleted)
                return PassOver(buffer);

            var line = end is { } at ? buffer.Slice(0, at) : buffer;
            buffer = end is { } next ? buffer.Slice(buffer.GetPosition(1, next)) : buffer.Slice(buffer.End);
            bytes += line.Length;
            _number++;
            if (_isPassingOver || line.Length > lineBytes)
                lines.Add(new CheckedLine(_number, TooLong()));
            else if (!IsBlank(line))
                lines.Add(new CheckedLine(_number, Check(line, envelopes)));
            _isPassingOver = false;
        }

        return buffer;
    }

    /// <summary>An incomplete line waits for its rest, unless it is already too long.</summary>
    private ReadOnlySequence<byte> PassOver(ReadOnlySequence<byte> half)
    {
        _isPassingOver |= half.Length > lineBytes;
        return _isPassingOver ? half.Slice(half.End) : half;
    }

    private static EnvelopeCheck Check(ReadOnlySequence<byte> line, EnvelopeReader envelopes)
    {
        if (line.IsSingleSegment)
            return envelopes.Read(line.First);

        var length = (int)line.Length;
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            line.CopyTo(whole);
            return envelopes.Read(whole.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private EnvelopeCheck TooLong() => new(
        null, null, null,
        [new Violation(EventCodes.EventTooLarge, "", $"Expected at most {lineBytes} bytes in a line.")], []);

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
        {
            if (!Ndjson.IsBlank(segment.Span))
                return false;
        }

        return true;
    }
}

/// <param name="Number">From 1; blank lines count but are skipped.</param>
internal readonly record struct CheckedLine(long Number, EnvelopeCheck Check);
