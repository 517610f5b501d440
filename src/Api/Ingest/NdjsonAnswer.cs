using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary>Answers a complete body: one result per line in request order, then the summary.</summary>
internal sealed class NdjsonAnswer(IReadOnlyList<EventResult> results) : IResult, IStatusCodeHttpResult
{
    /// <summary>Bytes of the answer to collect before they are written to the connection.</summary>
    private const int FlushBytes = 32 * 1024;

    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = Ndjson.ContentType;
        var output = httpContext.Response.BodyWriter;
        using var writer = new NdjsonWriter(output);
        foreach (var result in results)
        {
            writer.Write(result);
            if (output.UnflushedBytes >= FlushBytes)
                await output.FlushAsync(httpContext.RequestAborted);
        }

        writer.WriteSummary();
    }
}
