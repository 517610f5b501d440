using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api;

/// <summary>
/// Answers with JSON of a known length. The thread serializes it into a buffer that it keeps; the JSON is copied once and
/// sent together with the headers when the request ends.
/// </summary>
internal sealed class JsonAnswer<T>(int status, T value, JsonTypeInfo<T> type)
    : IResult, IStatusCodeHttpResult
{
    public T Value => value;

    public int? StatusCode => status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        JsonAnswer.Write(httpContext.Response, status, JsonAnswer.ContentType, value, type);
        return Task.CompletedTask;
    }
}

/// <summary>Writes JSON answers.</summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json";

    /// <summary>Bytes. A thread keeps a buffer of up to this size for its next answer.</summary>
    private const int KeptBytes = 64 * 1024;

    /// <summary>Answers are data for programs, in UTF-8: only characters that JSON itself demands are escaped.</summary>
    public static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _scratch;

    public static JsonAnswer<T> Ok<T>(T value, JsonTypeInfo<T> type)
        => new(StatusCodes.Status200OK, value, type);

    public static JsonAnswer<T> Accepted<T>(T value, JsonTypeInfo<T> type)
        => new(StatusCodes.Status202Accepted, value, type);

    public static void Write<T>(
        HttpResponse response, int status, string contentType, T value, JsonTypeInfo<T> type) => Write(
        response, status, contentType, (value, type),
        static (writer, answer) => JsonSerializer.Serialize(writer, answer.value, answer.type));

    /// <param name="write">Writes the answer.</param>
    public static void Write<T>(
        HttpResponse response, int status, string contentType, T answer, Action<Utf8JsonWriter, T> write)
    {
        var (buffer, writer) = _scratch ?? Scratch();
        _scratch = null;
        write(writer, answer);
        writer.Flush();

        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);

        if (buffer.Capacity > KeptBytes)
            return;
        buffer.ResetWrittenCount();
        writer.Reset();
        _scratch = (buffer, writer);
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) Scratch()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        return (buffer, new Utf8JsonWriter(buffer, WriterOptions));
    }
}
