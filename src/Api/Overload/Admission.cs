using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingress;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>
/// Refuses requests beyond the limit of requests in flight, before anything is decided: exports and live streams first,
/// identities and orders last. A request counts only once it has arrived completely, and the ingress has a limit of its own.
/// So neither slow senders nor visitors can use up the limit of the API.
/// </summary>
internal sealed class Admission
{
    private readonly AdmissionLimit _api;
    private readonly AdmissionLimit _ingress;
    private readonly AdmissionInstruments _instruments;
    private readonly TimeProvider _time;

    public Admission(ApiOptions api, IngressOptions ingress, AdmissionInstruments instruments, TimeProvider time)
    {
        _api = new AdmissionLimit(api.RequestsInFlight, api.AcknowledgementTarget, time);
        _ingress = new AdmissionLimit(ingress.RequestsInFlight, api.AcknowledgementTarget, time);
        (_instruments, _time) = (instruments, time);
        instruments.Watch(_api, _ingress);
    }

    /// <summary>
    /// Refuses a request that is over the limit now. Before its key is checked and its body is read, a refusal costs less.
    /// </summary>
    public Task RefuseEarlyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint || LoadSheddingOf(endpoint) is not { } shedding)
            return next(context);
        var limit = LimitOf(endpoint);
        if (limit.AdmitsAnother(PartOf(shedding.ByBody ? Importance.View : shedding.As)))
            return next(context);
        if (shedding.ByBody && limit.AdmitsAnother(PartOf(BufferedBodyPeek.TryJudge(context.Request) ?? shedding.As)))
            return next(context);
        return Refuse(endpoint, shedding).ExecuteAsync(context);
    }

    /// <summary>Runs a request that has arrived completely, if the limit allows it.</summary>
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint || LoadSheddingOf(endpoint) is not { } shedding)
        {
            await next(context);
            return;
        }

        var limit = LimitOf(endpoint);
        if (!TryEnter(limit, context.Request, shedding))
        {
            await Refuse(endpoint, shedding).ExecuteAsync(context);
            return;
        }

        if (shedding.StaysLong || BodyBound.IsStream(endpoint, context.Request))
        {
            // The request stays long and has bounds of its own, so it must not keep others out.
            limit.Leave(null);
            await next(context);
            return;
        }

        var start = _time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var isAck = context.Response.StatusCode is StatusCodes.Status201Created or StatusCodes.Status202Accepted;
            limit.Leave(shedding.IsMeasured && isAck ? _time.GetElapsedTime(start) : null);
        }
    }

    /// <summary>
    /// Whether the limit allows a visitor's event that arrived in the query; the least important events are refused first.
    /// </summary>
    public bool Admits(ReadOnlySpan<byte> events) => _ingress.HasCapacity(PartOf(Importances.Of(events)));

    /// <summary>Shortens a queue by lowering the limit of the ingress first, and of the API only after that.</summary>
    public void Waited(TimeSpan wait)
    {
        _ingress.Waited(wait);
        _api.Waited(_ingress.HasFew ? wait : TimeSpan.Zero);
    }

    private static LoadShedding? LoadSheddingOf(Endpoint endpoint) =>
        AlwaysAnswered.Is(endpoint) ? null : endpoint.Metadata.GetMetadata<LoadShedding>();

    private AdmissionLimit LimitOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IngressMark>() is null ? _api : _ingress;

    /// <summary>If the limit does not allow all requests, the body, which has arrived, decides the importance.</summary>
    private static bool TryEnter(AdmissionLimit limit, HttpRequest request, LoadShedding shedding) => shedding.ByBody
        ? limit.TryEnter(PartOf(Importance.View)) || limit.TryEnter(PartOf(BufferedBodyPeek.Judge(request) ?? shedding.As))
        : limit.TryEnter(PartOf(shedding.As));

    private IResult Refuse(Endpoint endpoint, LoadShedding shedding)
    {
        var isIngress = endpoint.Metadata.GetMetadata<IngressMark>() is not null;
        _instruments.Shed(isIngress, shedding.As);
        return isIngress ? IngressAnswers.Overloaded() : Refusals.Overloaded();
    }

    private static double PartOf(Importance importance) => importance switch
    {
        Importance.Bulk => 0.3,
        Importance.Support => 0.5,
        Importance.View => 0.8,
        Importance.Event => 0.9,
        _ => 1,
    };
}

/// <summary>Marks an endpoint as subject to load shedding.</summary>
/// <param name="IsMeasured">The time to its 201 or 202 measures how long a durable acknowledgement takes.</param>
/// <param name="StaysLong">Its requests stay long, and have bounds of their own once admitted.</param>
/// <param name="ByBody">Its body has events, which may be less important than <paramref name="As"/>.</param>
internal sealed record LoadShedding(Importance As, bool IsMeasured = false, bool StaysLong = false, bool ByBody = false);

internal static class LoadSheddingMetadata
{
    /// <summary>On an endpoint, this overrides its group.</summary>
    public static TBuilder WithImportance<TBuilder>(
        this TBuilder endpoints, Importance importance, bool isMeasured = false, bool staysLong = false, bool byBody = false)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new LoadShedding(importance, isMeasured, staysLong, byBody));
}
