using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.OpenApi;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GuestSessions.Api.Overload;

/// <summary>
/// Lets a request continue once its body has arrived, so that a slow sender does not count as a request in flight. Most
/// bodies arrive with their heads, so the check is cheap; the endpoint reads them in the server's own buffers.
/// </summary>
internal sealed class BodyArrival(ServiceOptions options, VisitorAddresses visitors, TimeProvider time)
{
    private readonly Arrivals _toApi = new(options.Api.Arrival, time);
    private readonly Arrivals _toIngress = new(options.Ingress.Arrival, time);

    public Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint || !MayHaveBody(context) || !TakesBodies(endpoint)
            || BodyBound.IsStream(endpoint, context.Request))
            return next(context);
        var bound = BodyBound.Of(endpoint, options.Ingest, context.Request);
        return IsDue(context.Request, bound) ? next(context) : WaitAsync(context, endpoint, bound, next);
    }

    private static bool TakesBodies(Endpoint endpoint) => endpoint.Metadata.GetMetadata<TakenBody>() is not null
        || endpoint.Metadata.GetMetadata<IngressMark>() is not null;

    private static bool MayHaveBody(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
        && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false;

    /// <summary>Whether there is nothing to wait for: the body has arrived, or is too large.</summary>
    private static bool IsDue(HttpRequest request, int bound)
    {
        if (request.ContentLength > bound)
            return true;

        // The first read fixes the server's own bound, and this bound may be higher.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (!request.BodyReader.TryReadOn(out var read))
            return false;
        var isDue = read.IsCompleted || read.Buffer.Length > bound;
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        return isDue;
    }

    private async Task WaitAsync(HttpContext context, Endpoint endpoint, int bound, RequestDelegate next)
    {
        var isPublic = endpoint.Metadata.GetMetadata<IngressMark>() is not null;
        var arrivals = isPublic ? _toIngress : _toApi;
        var arrival = arrivals.Begin(visitors.BoundedSenderOf(context), context.Request.BodyReader);
        ArrivalEnd end;
        try
        {
            await ReadAsync(context.Request, arrivals, arrival, bound);
        }
        finally
        {
            end = arrivals.End(arrival);
        }

        if (end == ArrivalEnd.Whole)
        {
            await next(context);
            return;
        }

        await RejectionFor(end, isPublic).ExecuteAsync(context);
    }

    /// <summary>Reads until the body is complete or too large, or until the wait is ended from outside.</summary>
    private static async Task ReadAsync(HttpRequest request, Arrivals arrivals, Arrival arrival, int bound)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadOnAsync();
            var isOver = read.IsCanceled || read.IsCompleted || read.Buffer.Length > bound;
            if (isOver)
            {
                reader.AdvanceTo(read.Buffer.Start);
                return;
            }

            arrivals.Grow(arrival, read.Buffer.Length);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static IResult RejectionFor(ArrivalEnd end, bool isPublic) => (end, isPublic) switch
    {
        (ArrivalEnd.Late, true) => IngressAnswers.Late(),
        (ArrivalEnd.Late, false) => Refusals.RequestTimeout(),
        (_, true) => IngressAnswers.Overloaded(),
        _ => Refusals.Overloaded(),
    };
}
