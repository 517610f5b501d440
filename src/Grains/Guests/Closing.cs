using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Guests;

/// <summary>Closes sessions before inactivity does.</summary>
internal sealed class Closing(SessionCommitter committer, TenantOptions tenant)
{
    /// <summary>See <see cref="IGuestGrain.CloseSessionsAsync"/>.</summary>
    public Task<CloseAnswer?> CloseSessionsAsync(CloseRequest request) => committer.EnterAsync(work =>
    {
        if (work.State.Guest is not { } guest)
            return null;
        List<CloseResult> sent = [];
        var now = committer.Clock.GetUtcNow();
        var open = work.State.Sessions.OpenAt(now);
        if (tenant.Rules.AllowForceClose)
            sent.AddRange(open.Where(session => IsOurs(work.State, session))
                .Select(session => ForceClose(work, guest, session, request, now)));

        // What a FORCE_CLOSE of ours did not close, this side closes alone.
        work.Do(Decider.Close(work.State, now));
        return new CloseAnswer(open.Count, sent);
    });

    /// <summary>A browser that went to another guest is not closed under its feet.</summary>
    private static bool IsOurs(GuestSession state, UpstreamSession session) =>
        session.BrowserId is null || state.Browsers.Held(session.BrowserId) is not null;

    private CloseResult ForceClose(
        SessionWork work, string guest, UpstreamSession session, CloseRequest request, DateTimeOffset now)
    {
        var eventId = Guid.CreateVersion7(now).ToString("N");
        var @event = Decider.ForceCloseOf(session, Messages.DefaultsOf(tenant, session.PointOfSale));
        var outcome = work.Do(Decider.Record(work.State, new RecordEvent(
            guest, eventId, ContentHash.Of(@event.Body.Bytes.Span), @event, OccurredAt: null, now,
            OrderFloor: null, tenant.Delivery.Settle, request.TraceParent, now)));
        return new CloseResult(eventId, Messages.ToResult(outcome));
    }
}
