using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Ingress;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>
/// Refuses, before anything is read or decided, what the service has no room for: exports and live streams first, identity
/// and orders last.
/// </summary>
internal sealed class Admission(ApiOptions options, TimeProvider time)
{
    private readonly AdmissionLimit _limit = new(options, time);

    /// <summary>Runs a request if there is room for it.</summary>
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Sheds>() is not { } sheds)
        {
            await next(context);
            return;
        }

        if (!_limit.TryEnter(PartOf(AsSeen(context.Request, sheds))))
        {
            await RefusalFor(context).ExecuteAsync(context);
            return;
        }

        if (sheds.StaysLong || EventStreams.IsOne(context.Request))
        {
            // It stays for long and goes no faster than it is answered; it is not to keep the others out.
            _limit.Leave(null);
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
            _limit.Leave(sheds.IsMeasured && isAck ? time.GetElapsedTime(start) : null);
        }
    }

    /// <summary>
    /// How important a request is, by its body where that has come with its head and there is no room for all: what is refused
    /// here costs less than what is refused when its key has been checked and its body taken.
    /// </summary>
    private Importance AsSeen(HttpRequest request, Sheds sheds)
    {
        if (!sheds.ByBody || _limit.HasRoomForAnother(PartOf(Importance.View)))
            return sheds.As;
        return ArrivedBody.TryJudge(request) ?? sheds.As;
    }

    /// <summary>Whether there is room for the events of this body; those that matter least are shed first.</summary>
    public bool HasRoomFor(ReadOnlySpan<byte> events) => _limit.HasRoom(PartOf(Importances.Of(events)));

    public void Waited(TimeSpan wait) => _limit.Waited(wait);

    private static IResult RefusalFor(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IngressMark>() is null
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
internal sealed record Sheds(Importance As, bool IsMeasured = false, bool StaysLong = false, bool ByBody = false);

internal static class ShedsMetadata
{
    /// <summary>On an endpoint, this goes before what its group says.</summary>
    public static TBuilder Sheds<TBuilder>(
        this TBuilder endpoints, Importance importance, bool isMeasured = false, bool staysLong = false, bool byBody = false)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new Sheds(importance, isMeasured, staysLong, byBody));
}
