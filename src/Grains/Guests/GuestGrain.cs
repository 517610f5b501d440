using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Memory;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// One guest in Orleans: activates its <see cref="GuestRuntime"/>, forwards calls and lets it leave memory.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The activation's life ends in OnDeactivateAsync.")]
[Reentrant]
[GrainType("guest")]
public sealed partial class GuestGrain : Grain, IGuestGrain, IGuestDeliveryGrain, IGuestLinkingGrain, IGuestErasureGrain, IGuestActivation, ILeaving
{
    private readonly GuestPorts _ports;
    private readonly Residence _residence;
    private TaskScheduler _home = TaskScheduler.Default;
    private GuestRuntime _guest = null!;

    public GuestGrain(GuestPorts ports, GuestRegister register) =>
        (_ports, _residence) = (ports, new Residence(register, this));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Before the guest is loaded: a loaded one sends, and its outcomes come back here.
        _home = TaskScheduler.Current;
        _guest = await GuestRuntime.LoadAsync(
            GuestKey.Parse(this.GetPrimaryKeyString()), _ports, this, cancellationToken);
        _residence.Enter();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _residence.Leave();
        if (_guest is not null)
            await _guest.LeaveAsync(withSnapshot: reason.ReasonCode != DeactivationReasonCode.ShuttingDown);
    }

    public Task<RecordAnswer> RecordAsync(RecordRequest request)
    {
        // The commit or the claim that it waits for keeps the guest in memory, so the call is not counted.
        _residence.WasUsed = true;
        return _guest.IsErased ? During(_guest.Recording.RecordAsync(request)) : _guest.Recording.RecordAsync(request);
    }

    public Task<RecordResult> RecordFromBrowserAsync(BrowserEvent request) => During(_guest.RecordFromBrowserAsync(request));
    public Task<IdentifyAnswer> IdentifyAsync(IdentifyRequest request) => During(_guest.Recording.IdentifyAsync(request));
    public Task<RecordAnswer> ValidateAsync(RecordRequest request) => During(_guest.Validation.ValidateAsync(request));
    public Task<CloseAnswer?> CloseSessionsAsync(CloseRequest request) => During(_guest.Closing.CloseSessionsAsync(request));

    public Task<GuestView?> ReadAsync() => Reading(_guest.Reading.ReadAsync());
    public Task<WaitView?> ReadWaitAsync() => During(_guest.Reading.ReadWaitAsync());
    public Task<TimelinePage?> ReadTimelineAsync(TimelineQuery query) => Reading(_guest.Reading.ReadTimelineAsync(query));
    public Task<EventDetail?> ReadEventAsync(string eventId) => Reading(_guest.Reading.ReadEventAsync(eventId));
    public Task<LivePage?> WatchAsync(long? after, TimeSpan patience) => Reading(_guest.Live.WatchAsync(after, patience));
    public Task<bool> AwaitDeliveryAsync(string browserId, TimeSpan patience) =>
        During(_guest.Watch.AwaitAsync(browserId, patience));

    public Task<ActAnswer> RedriveAsync(RedriveRequest request) => During(_guest.Support.RedriveAsync(request));
    public Task<IReadOnlyList<long>> ActManyAsync(string kind, bool delivered, IReadOnlyList<long> sequences, ActMessage act) =>
        During(_guest.Support.ActManyAsync(kind, delivered, sequences, act));
    public Task<ActAnswer> DiscardAsync(string eventId, ActMessage act) => During(_guest.Support.DiscardAsync(eventId, act));
    public Task<ActAnswer> ResolveAsync(string eventId, bool delivered, ActMessage act) =>
        During(_guest.Support.ResolveAsync(eventId, delivered, act));
    public Task<PauseAnswer?> PauseAsync(ActMessage act) => During(_guest.Support.PauseAsync(act));
    public Task<bool> ResumeAsync(ActMessage act) => During(_guest.Support.ResumeAsync(act));
    public Task<FlushAnswer?> FlushAsync(ActMessage act) => During(_guest.Support.FlushAsync(act));

    public Task<long?> BeginReplayAsync(string operation, ReplayRange range, ActMessage act) =>
        During(_guest.Replaying.BeginAsync(operation, range, act));
    public Task<ReplayProgressMade> StepReplayAsync(string operation, ReplayRange range, long from) =>
        During(_guest.Replaying.StepAsync(operation, range, from));
    public Task<bool> HasOrdersAsync(ReplayRange range) => During(_guest.Replaying.HasOrdersAsync(range));
    public Task<ReplayPreview?> PreviewReplayAsync(ReplayRange range, int limit) =>
        During(_guest.Replaying.PreviewAsync(range, limit));

    public Task ReportOutcomeAsync(OutcomeMessage outcome) => During(_guest.Delivery.EndAsync(outcome));
    public Task ReportBrowserIdAsync(BrowserIdMessage answer) => During(_guest.EndBrowserIdAsync(answer));
    public Task EnsureDeliveringAsync() => During(_guest.EnsureDeliveringAsync());
    public Task SnapshotAsync() => During(_guest.SaveSnapshotAsync());

    public Task<ReleaseOutcome> ReleaseBrowserAsync(ReleaseMessage message) => During(_guest.Browsers.ReleaseAsync(message));
    public Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(string browserId) =>
        During(_guest.Browsers.ReadBrowserAsync(browserId));
    public Task<bool> HasDrainedAsync(DrainQuery query) => During(_guest.Browsers.HasDrainedAsync(query));
    public Task ReportDrainedAsync(DrainQuery query) => During(_guest.Browsers.ReportDrainedAsync(query));
    public Task<UpstreamBrowserId?> MapLocalAsync(string guest, UpstreamBrowserId? offered) =>
        During(_guest.Browsers.MapLocalAsync(guest, offered));

    TaskScheduler? IGuestActivation.Home => _home;

    void IGuestActivation.KeepAlive(TimeSpan span) => DelayDeactivation(span);

    void IGuestActivation.End()
    {
        _residence.Leave();
        DeactivateOnIdle();
    }

    bool ILeaving.TryLeave(bool isWaitingToo)
    {
        if (!_guest.MayLeave(isWaitingToo))
            return false;
        DeactivateOnIdle();
        return true;
    }
}
