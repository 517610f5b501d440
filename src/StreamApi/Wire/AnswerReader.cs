using System.Buffers;

namespace GuestSessions.StreamApi.Wire;

/// <summary>Reads the body of an answer, never more than <see cref="Answer.LongestRead"/>.</summary>
internal static class AnswerReader
{
    /// <summary>Reads until the end, the limit or a failure. The form of the answer says which it was.</summary>
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
                    return Decode(buffer.WrittenMemory, content);
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

    private static Answer Decode(ReadOnlyMemory<byte> bytes, HttpContent content)
    {
        try
        {
            bytes = AnswerDecoding.Unpack(bytes, content.Headers.ContentEncoding);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return new Answer(AnswerForm.Unreadable, bytes);
        }

        return bytes.Length > Answer.LongestRead
            ? new Answer(AnswerForm.TooLong, bytes)
            : Answer.Of(AnswerDecoding.ToUtf8(bytes, content.Headers.ContentType?.CharSet));
    }
}
