using System.Buffers;

namespace GuestSessions.StreamApi.Wire;

/// <summary>Reads the body of an answer, never more than <see cref="Answer.LongestRead"/>.</summary>
internal static class AnswerReader
{
    /// <summary>Reads to the end, to the bound, or to the failure; only the form tells which.</summary>
    public static async ValueTask<Answer> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellation);
            while (true)
            {
                var read = await stream.ReadAsync(buffer.GetMemory(), cancellation);
                if (read == 0)
                    return Answer.Of(buffer.WrittenMemory);
                buffer.Advance(read);
                if (buffer.WrittenCount > Answer.LongestRead)
                    return new Answer(AnswerForm.TooLong, buffer.WrittenMemory);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            return new Answer(AnswerForm.Truncated, buffer.WrittenMemory);
        }
    }
}
