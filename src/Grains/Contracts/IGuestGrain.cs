using GuestSessions.Core.Operations;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// One guest. The grain key is <c>GuestKey.ToString()</c>: the tenant and a keyed hash of the guest id. Every call is
/// answered after the commit it depends on is durable. Whatever ends with a <see cref="SessionUnavailableException"/> must
/// not be taken as done; the same call can be repeated.
/// </summary>
[Alias("guest"), Version(1)]
public interface IGuestGrain : IGrainWithStringKey
{
    /// <summary>Records events in the order given, all in one commit.</summary>
    [Alias("record")]
    Task<RecordAnswer> RecordAsync(RecordRequest request);

    /// <summary>
    /// Records one event of an SDK, if the guest owns its browser. <see cref="BrowserEvent.Moved"/> says for sure that this
    /// guest has not recorded it and never will.
    /// </summary>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as recorded; repeat it here, not elsewhere.</exception>
    [Alias("record-from-browser")]
    Task<RecordResult> RecordFromBrowserAsync(BrowserEvent request);

    /// <summary>Remembers identifiers, and queues an IDENTITY event when the set grew or changed or a profile came.</summary>
    [Alias("identify")]
    Task<IdentifyAnswer> IdentifyAsync(IdentifyRequest request);

    /// <summary>Says what recording these events now would come to, and stores nothing.</summary>
    [Alias("validate")]
    Task<RecordAnswer> ValidateAsync(RecordRequest request);

    /// <summary>
    /// Closes the open sessions, and where the tenant allows it sends the upstream a FORCE_CLOSE for each.
    /// Null when the guest was never seen.
    /// </summary>
    /// <param name="request">The trace of the request.</param>
    [Alias("close-sessions")]
    Task<CloseAnswer?> CloseSessionsAsync(CloseRequest request);

    /// <summary>The guest as it stands; null when it was never seen.</summary>
    [Alias("read")]
    Task<GuestView?> ReadAsync();

    /// <summary>What the guest's next event waits for; null when nothing is undelivered.</summary>
    [Alias("read-wait")]
    Task<WaitView?> ReadWaitAsync();

    /// <summary>A page of the guest's timeline in order of acceptance; null when the guest was never seen.</summary>
    [Alias("read-timeline")]
    Task<TimelinePage?> ReadTimelineAsync(TimelineQuery query);

    /// <summary>One event with every attempt; null when the guest or the event is not there.</summary>
    [Alias("read-event")]
    Task<EventDetail?> ReadEventAsync(string eventId);

    /// <summary>What changed after a place; when nothing did, waits for it for a while.</summary>
    /// <param name="after">The <see cref="LivePage.Place"/> of the page before; null begins now and waits for nothing.</param>
    /// <param name="patience">How long to wait at most, 0 to 5 s.</param>
    /// <returns>Null when the guest was never seen.</returns>
    [Alias("watch")]
    Task<LivePage?> WatchAsync(long? after, TimeSpan patience);

    /// <summary>
    /// Waits until nothing of the browser is undelivered, for <paramref name="patience"/> at most.
    /// </summary>
    /// <returns>False when something still is.</returns>
    [Alias("await-delivery")]
    Task<bool> AwaitDeliveryAsync(string browserId, TimeSpan patience);

    /// <summary>
    /// The id by which the upstream knows a browser of a local id, and <paramref name="offered"/> from now on where there
    /// was none. Null when there is none and none was offered.
    /// </summary>
    [Alias("map-local")]
    Task<UpstreamBrowserId?> MapLocalAsync(string guest, UpstreamBrowserId? offered);

    /// <summary>Puts a quarantined or in-doubt event at the head of the line, as it is or with another content.</summary>
    [Alias("redrive")]
    Task<ActAnswer> RedriveAsync(RedriveRequest request);

    /// <summary>Redrives events as they are, in one commit. Those that are not set aside, or find no room, are left out.</summary>
    /// <returns>How many were redriven.</returns>
    [Alias("redrive-many")]
    Task<int> RedriveManyAsync(IReadOnlyList<long> sequences, ActMessage act);

    /// <summary>Gives a quarantined or in-doubt event up.</summary>
    [Alias("discard")]
    Task<ActAnswer> DiscardAsync(string eventId, ActMessage act);

    /// <summary>Says of an event whether it arrived.</summary>
    [Alias("resolve")]
    Task<ActAnswer> ResolveAsync(string eventId, bool delivered, ActMessage act);

    /// <summary>Stops the guest's delivery; null when the guest was never seen.</summary>
    [Alias("pause")]
    Task<PauseView?> PauseAsync(ActMessage act);

    /// <summary>Lets the guest's delivery go on; false when it was never seen.</summary>
    [Alias("resume")]
    Task<bool> ResumeAsync(ActMessage act);

    /// <summary>Delivers what is waiting now, without settle or back-off; null when the guest was never seen.</summary>
    [Alias("flush")]
    Task<FlushAnswer?> FlushAsync(ActMessage act);

    /// <summary>Begins a replay, once for each operation.</summary>
    /// <returns>The last sequence it covers; null when the guest was never seen.</returns>
    [Alias("begin-replay")]
    Task<long?> BeginReplayAsync(string operation, ReplayRange range, ActMessage act);

    /// <summary>Puts some of the events into the line, as far as there is room for them.</summary>
    /// <param name="from">The sequence to go on from.</param>
    /// <exception cref="SessionUnavailableException">The same call can be repeated; no event is replayed twice by it.</exception>
    [Alias("step-replay")]
    Task<ReplayProgressMade> StepReplayAsync(string operation, ReplayRange range, long from);

    /// <summary>Whether the range holds an order, which a replay makes a second time upstream.</summary>
    [Alias("has-orders")]
    Task<bool> HasOrdersAsync(ReplayRange range);

    /// <summary>What would be sent, in its order; null when the guest was never seen. Changes nothing.</summary>
    /// <param name="limit">Events looked at.</param>
    [Alias("preview-replay")]
    Task<ReplayPreview?> PreviewReplayAsync(ReplayRange range, int limit);
}
