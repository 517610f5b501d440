using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains;

public sealed partial class GuestSessionGrain : IGuestClosingGrain
{
    public Task<CloseAnswer?> CloseSessionsAsync(CloseRequest request) => _door.EnterAsync(work =>
    {
        if (work.State.Guest is not { } guest)
            return null;
        List<CloseResult> sent = [];
        var now = Now;
        var open = work.State.Sessions.OpenAt(now);
        if (_tenant.Rules.AllowForceClose)
            sent.AddRange(open.Where(session => IsOurs(work.State, session)).Select(session => ForceClose(work, guest, session, request)));

        // What a FORCE_CLOSE of ours did not close, this side closes alone.
        work.Do(Decider.Close(work.State, now));
        return new CloseAnswer(open.Count, sent);
    });

    /// <summary>A browser that went to another guest is not closed under its feet.</summary>
    private static bool IsOurs(GuestSession state, UpstreamSession session) =>
        session.BrowserId is null || state.Browsers.Held(session.BrowserId) is not null;

    private CloseResult ForceClose(SessionWork work, string guest, UpstreamSession session, CloseRequest request)
    {
        var eventId = Guid.CreateVersion7(Now).ToString("N");
        var @event = Decider.ForceCloseOf(session, Messages.DefaultsOf(_tenant, session.PointOfSale));
        var outcome = work.Do(Decider.Record(work.State, new RecordEvent(
            guest, eventId, ContentHash.Of(@event.Body.Bytes.Span), @event, OccurredAt: null, Now,
            OrderFloor: null, _tenant.Delivery.Settle, request.TraceParent, Now)));
        return new CloseResult(eventId, Messages.ToResult(outcome));
    }
}
