using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingress;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>
/// Refuses, before anything is decided, what the service has no room for: exports and live streams first, identity and
/// orders last. Only a request that has come whole takes a place, and the ingress has places of its own: neither slow
/// senders nor visitors can take those of the API.
/// </summary>
internal sealed class Admission(ApiOptions api, IngressOptions ingress, TimeProvider time)
{
    private readonly AdmissionLimit _api = new(api.RequestsInFlight, api.AcknowledgementTarget, time);
    private readonly AdmissionLimit _ingress = new(ingress.RequestsInFlight, api.AcknowledgementTarget, time);

    /// <summary>
    /// Refuses what there is no room for now: before its key is checked and its body taken, that costs less than after.
    /// </summary>
    public Task RefuseEarlyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint || LoadSheddingOf(endpoint) is not { } shedding)
            return next(context);
        var limit = LimitOf(endpoint);
        if (limit.HasRoomForAnother(PartOf(shedding.ByBody ? Importance.View : shedding.As)))
            return next(context);
        if (shedding.ByBody && limit.HasRoomForAnother(PartOf(BufferedBodyPeek.TryJudge(context.Request) ?? shedding.As)))
            return next(context);
        return RefusalFor(endpoint).ExecuteAsync(context);
    }

    /// <summary>Runs a request that has come whole, if there is room for it.</summary>
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
            await RefusalFor(endpoint).ExecuteAsync(context);
            return;
        }

        if (shedding.StaysLong || BodyBound.IsStream(endpoint, context.Request))
        {
            // It stays for long and goes no faster than it is answered; it is not to keep the others out.
            limit.Leave(null);
            await next(context);
            return;
        }

        var start = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var isAck = context.Response.StatusCode is StatusCodes.Status201Created or StatusCodes.Status202Accepted;
            limit.Leave(shedding.IsMeasured && isAck ? time.GetElapsedTime(start) : null);
        }
    }

    /// <summary>
    /// Whether there is room for an event of a visitor that did not come in a body; those that matter least are shed first.
    /// </summary>
    public bool HasRoomFor(ReadOnlySpan<byte> events) => _ingress.HasRoom(PartOf(Importances.Of(events)));

    /// <summary>A queue is shortened at the expense of visitors, as long as there is any to be had from them.</summary>
    public void Waited(TimeSpan wait)
    {
        _ingress.Waited(wait);
        _api.Waited(_ingress.IsAtLeast ? wait : TimeSpan.Zero);
    }

    private static LoadShedding? LoadSheddingOf(Endpoint endpoint) =>
        AlwaysAnswered.Is(endpoint) ? null : endpoint.Metadata.GetMetadata<LoadShedding>();

    private AdmissionLimit LimitOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IngressMark>() is null ? _api : _ingress;

    /// <summary>The body, which is there, tells how important a request is, where there is no room for all.</summary>
    private static bool TryEnter(AdmissionLimit limit, HttpRequest request, LoadShedding shedding) => shedding.ByBody
        ? limit.TryEnter(PartOf(Importance.View)) || limit.TryEnter(PartOf(BufferedBodyPeek.Judge(request) ?? shedding.As))
        : limit.TryEnter(PartOf(shedding.As));

    private static IResult RefusalFor(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IngressMark>() is null
            ? Refusals.Overloaded()
            : IngressAnswers.Overloaded();

    private static double PartOf(Importance importance) => importance switch
    {
        Importance.Bulk => 0.3,
        Importance.Support => 0.5,
        Importance.View => 0.8,
        Importance.Event => 0.9,
        _ => 1,
    };
}

/// <summary>That an endpoint can be shed, and when.</summary>
/// <param name="IsMeasured">Its 201 or 202 tells how long a durable acknowledgement takes.</param>
/// <param name="StaysLong">It has bounds of its own once it is in.</param>
/// <param name="ByBody">Its body is events, and says whether it is less important than <paramref name="As"/>.</param>
internal sealed record LoadShedding(Importance As, bool IsMeasured = false, bool StaysLong = false, bool ByBody = false);

internal static class LoadSheddingMetadata
{
    /// <summary>On an endpoint, this goes before what its group says.</summary>
    public static TBuilder WithImportance<TBuilder>(
        this TBuilder endpoints, Importance importance, bool isMeasured = false, bool staysLong = false, bool byBody = false)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new LoadShedding(importance, isMeasured, staysLong, byBody));
}
