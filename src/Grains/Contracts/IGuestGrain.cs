using GuestSessions.Core.Operations;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// One guest. The grain key is <c>GuestKey.ToString()</c>: the tenant and a keyed hash of the guest id. The grain answers
/// a call only after the commit that it depends on is durable. After a <see cref="SessionUnavailableException"/>, do not
/// assume that the call was done; retry the same call.
/// </summary>
[Alias("guest"), Version(1)]
public interface IGuestGrain : IGrainWithStringKey
{
    /// <summary>Records events in the order given, all in one commit.</summary>
    [Alias("record")]
    Task<RecordAnswer> RecordAsync(RecordRequest request);

    /// <summary>
    /// Records one event of an SDK, if the guest owns its browser. <see cref="BrowserEvent.Moved"/> guarantees that this
    /// guest has not recorded the event and never will.
    /// </summary>
    /// <exception cref="SessionUnavailableException">
    /// The event may or may not be recorded. Retry at this guest, not at another one.
    /// </exception>
    [Alias("record-from-browser")]
    Task<RecordResult> RecordFromBrowserAsync(BrowserEvent request);

    /// <summary>
    /// Remembers identifiers. Queues an IDENTITY event if the set grew or changed, or if a profile was given.
    /// </summary>
    [Alias("identify")]
    Task<IdentifyAnswer> IdentifyAsync(IdentifyRequest request);

    /// <summary>Returns the results that recording these events would have now, and stores nothing.</summary>
    [Alias("validate")]
    Task<RecordAnswer> ValidateAsync(RecordRequest request);

    /// <summary>
    /// Closes the open sessions. If the tenant allows it, also sends the upstream a FORCE_CLOSE for each.
    /// Returns null when the guest was never seen.
    /// </summary>
    /// <param name="request">Carries the trace of the HTTP request.</param>
    [Alias("close-sessions")]
    Task<CloseAnswer?> CloseSessionsAsync(CloseRequest request);

    /// <summary>Returns the guest's current state; null when it was never seen.</summary>
    [Alias("read")]
    Task<GuestView?> ReadAsync();

    /// <summary>Returns what the guest's next event waits for; null when nothing is undelivered.</summary>
    [Alias("read-wait")]
    Task<WaitView?> ReadWaitAsync();

    /// <summary>Returns a page of the guest's timeline in order of acceptance; null when the guest was never seen.</summary>
    [Alias("read-timeline")]
    Task<TimelinePage?> ReadTimelineAsync(TimelineQuery query);

    /// <summary>Returns one event with every attempt; null when the guest or the event does not exist.</summary>
    [Alias("read-event")]
    Task<EventDetail?> ReadEventAsync(string eventId);

    /// <summary>Returns the changes after a position. If there are none, waits for one.</summary>
    /// <param name="after">The <see cref="LivePage.Place"/> of the previous page; null starts now and does not wait.</param>
    /// <param name="patience">Maximum time to wait, 0 to 5 s.</param>
    /// <returns>Null when the guest was never seen.</returns>
    [Alias("watch")]
    Task<LivePage?> WatchAsync(long? after, TimeSpan patience);

    /// <summary>
    /// Waits until no event of the browser is undelivered, for at most <paramref name="patience"/>.
    /// </summary>
    /// <returns>False when an event is still undelivered.</returns>
    [Alias("await-delivery")]
    Task<bool> AwaitDeliveryAsync(string browserId, TimeSpan patience);

    /// <summary>
    /// Returns the upstream's id of a browser with a local id. If there is none, stores and returns
    /// <paramref name="offered"/>. Returns null when there is none and none was offered.
    /// </summary>
    [Alias("map-local")]
    Task<UpstreamBrowserId?> MapLocalAsync(string guest, UpstreamBrowserId? offered);

    /// <summary>Puts a quarantined or in-doubt event at the head of the line, unchanged or with new content.</summary>
    [Alias("redrive")]
    Task<ActAnswer> RedriveAsync(RedriveRequest request);

    /// <summary>
    /// Acts on set-aside events in their order, in one commit. Returns those that it acted on: the others were no longer set
    /// aside, or the line was full.
    /// </summary>
    /// <param name="kind">One of the kinds of bulk acts in <see cref="OperationRecord"/>.</param>
    /// <param name="delivered">Of a resolve: what is recorded.</param>
    [Alias("act-many")]
    Task<IReadOnlyList<long>> ActManyAsync(string kind, bool delivered, IReadOnlyList<long> sequences, ActMessage act);

    /// <summary>Discards a quarantined or in-doubt event.</summary>
    [Alias("discard")]
    Task<ActAnswer> DiscardAsync(string eventId, ActMessage act);

    /// <summary>Records a person's decision whether an event arrived at the upstream.</summary>
    [Alias("resolve")]
    Task<ActAnswer> ResolveAsync(string eventId, bool delivered, ActMessage act);

    /// <summary>Pauses the guest's delivery. Returns null when the guest was never seen.</summary>
    [Alias("pause")]
    Task<PauseAnswer?> PauseAsync(ActMessage act);

    /// <summary>Resumes the guest's delivery. Returns false when the guest was never seen.</summary>
    [Alias("resume")]
    Task<bool> ResumeAsync(ActMessage act);

    /// <summary>
    /// Delivers the waiting events at once, without settle or back-off. Returns null when the guest was never seen.
    /// </summary>
    [Alias("flush")]
    Task<FlushAnswer?> FlushAsync(ActMessage act);

    /// <summary>Begins a replay. Each operation begins it only once.</summary>
    /// <returns>The last sequence it covers; null when the guest was never seen.</returns>
    [Alias("begin-replay")]
    Task<long?> BeginReplayAsync(string operation, ReplayRange range, ActMessage act);

    /// <summary>Puts the next events of a replay into the line, up to the line's capacity.</summary>
    /// <param name="from">The sequence to continue from.</param>
    /// <exception cref="SessionUnavailableException">Retry the same call; it replays no event twice.</exception>
    [Alias("step-replay")]
    Task<ReplayProgressMade> StepReplayAsync(string operation, ReplayRange range, long from);

    /// <summary>Whether the range contains an order. A replay creates such an order a second time upstream.</summary>
    [Alias("has-orders")]
    Task<bool> HasOrdersAsync(ReplayRange range);

    /// <summary>Returns what would be sent, in that order; null when the guest was never seen. Changes nothing.</summary>
    /// <param name="limit">Maximum number of events to examine.</param>
    [Alias("preview-replay")]
    Task<ReplayPreview?> PreviewReplayAsync(ReplayRange range, int limit);

    /// <summary>
    /// Denies or grants consent. While it is denied, events are dropped with a receipt. Calling it again changes nothing.
    /// </summary>
    /// <param name="guest">The guest id, recorded when this is the first that is known of the guest.</param>
    [Alias("change-consent")]
    Task<ConsentAnswer> ChangeConsentAsync(string guest, bool denied, ActMessage act);

    /// <summary>
    /// Erases the body of one event in every commit and snapshot; durable when it returns. An event that was not delivered
    /// is dropped. One that is on its way is in the wrong state.
    /// </summary>
    [Alias("blank")]
    Task<ActAnswer> BlankAsync(string eventId, ActMessage act);

    /// <summary>Returns when the guest was erased, and by which operation; null when it is not erased.</summary>
    [Alias("read-erasure")]
    Task<ErasureView?> ReadErasureAsync();

    /// <summary>
    /// Takes the tombstone away: the guest and its browsers start anew with their next events. Durable when it returns.
    /// Returns false when the guest is not erased.
    /// </summary>
    /// <param name="guest">The guest id, which the silo no longer has.</param>
    [Alias("lift-erasure")]
    Task<bool> LiftErasureAsync(string guest, ActMessage act);
}
