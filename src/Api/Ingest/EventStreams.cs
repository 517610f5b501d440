using GuestSessions.Api.Errors;
using GuestSessions.Api.Hosting;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary>Opens NDJSON streams over HTTP/2 within the host's memory budget.</summary>
internal sealed class EventStreams(
    BulkRecorder recorder,
    BulkMemory memory,
    IngestOptions limits,
    LongAnswers answers,
    TimeProvider time)
{
    /// <summary>Maximum bytes of the <see cref="EventStream.SlicesInFlight"/> slices of one stream.</summary>
    private const int StreamBytes = EventStream.SlicesInFlight * LineReader.MostBytes;

    /// <summary>Whether a request is answered while it arrives.</summary>
    public static bool IsOne(HttpRequest request) =>
        (HttpProtocol.IsHttp2(request.Protocol) || HttpProtocol.IsHttp3(request.Protocol))
        && RequestBody.Is(request, Ndjson.ContentType);

    public IResult Open(Tenant tenant)
    {
        if (answers.IsEnding)
            return Refusals.Unavailable();
        var share = memory.Open();
        return share.TryGrowTo(StreamBytes)
            ? new StreamAnswer(context => answers.ServeAsync(context, end => ServeAsync(context, tenant, share, end)))
            : Refusals.BulkBusy();
    }

    private async Task ServeAsync(HttpContext context, Tenant tenant, BulkMemory.Share share, CancellationToken end)
    {
        using (share)
        {
            await using var stream = new EventStream(context, tenant, recorder, limits, time);
            await using var stopping = end.Register(stream.Cut);
            await stream.ServeAsync();
        }
    }

    /// <summary>Runs when the answer is due; until then, nothing has read the body.</summary>
    private sealed class StreamAnswer(Func<HttpContext, Task> serve) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status200OK;

        public Task ExecuteAsync(HttpContext httpContext) => serve(httpContext);
    }
}
