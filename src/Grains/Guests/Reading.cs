using GuestSessions.Core.Options;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Guests.Receipts;

namespace GuestSessions.Grains.Guests;

/// <summary>Reads a guest for support.</summary>
internal sealed class Reading(
    SessionCommitter committer, ReceiptReader receipts, TimelineReader timeline, DeliveryGate gate, TenantOptions tenant)
{
    public Task<GuestView?> ReadAsync() => committer.ReadAsync(state => state.Guest is null
        ? null
        : Views.OfGuest(state, committer.Clock.GetUtcNow()) with { Wait = WaitOf(state) });

    public Task<WaitView?> ReadWaitAsync() => committer.ReadAsync(WaitOf);

    public Task<TimelinePage?> ReadTimelineAsync(TimelineQuery query) => timeline.ReadAsync(query);

    public async Task<EventDetail?> ReadEventAsync(string eventId) =>
        await receipts.FindAsync(eventId) is { } receipt ? await DetailAsync(receipt) : null;

    /// <summary>Returns one event with all its details.</summary>
    public Task<EventDetail> DetailAsync(Receipt receipt) => committer.ReadAsync(state =>
        Views.OfEvent(receipt, state.BrowserIdOf(receipt.Current), tenant.StreamApi) with
        {
            Wait = Waits.OfEvent(state, receipt.Event.Sequence, WaitOf(state)),
            SharedBrowser = Views.SharedBrowser(state, receipt.Current),
        });

    private WaitView? WaitOf(GuestSession state) =>
        Waits.OfLine(state, committer.Clock.GetUtcNow(), gate.ObstacleOf(
            committer.Key.Tenant, isPublic: state.Line.Head?.Event.FromPublicKey is true));
}
