using System.Runtime.CompilerServices;

namespace GuestSessions.StreamApi.Wire;

/// <summary>Reads the body of an answer, never more than <see cref="Answer.LongestRead"/>.</summary>
internal static class AnswerReader
{
    /// <summary>Reads until the end, the limit or a failure. The form of the answer says which it was.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<Answer> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        var buffer = Buffers.Rent();
        try
        {
            // Not asynchronously: the stream exists already, and a task around it would only cost memory.
            await using var stream = content.ReadAsStream(cancellation);
            while (true)
            {
                var read = await stream.ReadAsync(buffer.GetMemory(), cancellation);
                if (read == 0)
                    break;
                buffer.Advance(read);
                if (buffer.WrittenCount > Answer.LongestRead)
                    return new Answer(AnswerForm.TooLong, buffer.WrittenSpan);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The buffer is not returned: a read that was given up may still write into it.
            return new Answer(AnswerForm.Truncated, buffer.WrittenSpan);
        }

        var answer = Decode(buffer.WrittenMemory, content);
        Buffers.Return(buffer);
        return answer;
    }

    private static Answer Decode(ReadOnlyMemory<byte> bytes, HttpContent content)
    {
        // A compression that is named may be one that the bytes do not show.
        var isEncoded = content.Headers.NonValidated.Contains("Content-Encoding");
        if (!isEncoded && AnswerDecoding.IsPlain(bytes.Span))
            return Answer.OfPlain(bytes.Span);
        try
        {
            bytes = AnswerDecoding.Unpack(bytes, content.Headers.ContentEncoding);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return new Answer(AnswerForm.Unreadable, bytes.Span);
        }

        return bytes.Length > Answer.LongestRead
            ? new Answer(AnswerForm.TooLong, bytes.Span)
            : Answer.Of(AnswerDecoding.ToUtf8(bytes, content.Headers.ContentType?.CharSet));
    }
}
