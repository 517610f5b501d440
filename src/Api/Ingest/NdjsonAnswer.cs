using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary>One result a line in request order, then the summary.</summary>
internal sealed class NdjsonAnswer(IReadOnlyList<EventResult> results) : IResult, IStatusCodeHttpResult
{
    /// <summary>How much of the answer gathers before it is handed to the connection.</summary>
    private const int FlushBytes = 32 * 1024;

    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = Ndjson.ContentType;
        var output = httpContext.Response.BodyWriter;
        using var writer = new Utf8JsonWriter(output, JsonAnswer.WriterOptions);
        foreach (var result in results)
        {
            WriteLine(output, writer, result, ApiJson.Default.EventResult);
            if (output.UnflushedBytes >= FlushBytes)
                await output.FlushAsync(httpContext.RequestAborted);
        }

        WriteLine(output, writer, Summary(), ApiJson.Default.StreamSummary);
    }

    private static void WriteLine<T>(PipeWriter output, Utf8JsonWriter writer, T value, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        writer.Reset();
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
    }

    private StreamSummary Summary()
    {
        var counts = results.CountBy(result => result.Status).ToDictionary();
        return new StreamSummary(new StreamTotals(
            results.Count,
            counts.GetValueOrDefault(EventStatus.Accepted),
            counts.GetValueOrDefault(EventStatus.Duplicate),
            counts.GetValueOrDefault(EventStatus.Rejected),
            counts.GetValueOrDefault(EventStatus.Retry)));
    }
}
