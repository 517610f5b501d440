using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Guests;

/// <summary>Closes sessions before they time out.</summary>
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

        // Sessions that our FORCE_CLOSE events did not close are closed here only.
        work.Do(Decider.Close(work.State, now));
        return new CloseAnswer(open.Count, sent);
    });

    /// <summary>Whether the session's browser still belongs to this guest. Another guest's session must stay open.</summary>
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
