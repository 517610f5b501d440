using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;
using GuestSessions.Core.Options;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Linking;
using GuestSessions.Grains.Live;
using GuestSessions.Grains.Memory;
using GuestSessions.Grains.Receipts;
using GuestSessions.Grains.Sessions;
using GuestSessions.Grains.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace GuestSessions.Grains;

/// <summary>
/// One guest. Every call goes through the session's door; delivery runs beside it and comes back through the same door.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The activation's life ends in OnDeactivateAsync or OnBroken.")]
[Reentrant]
[GrainType("guest-session")]
public sealed partial class GuestSessionGrain(
    IJournal journal,
    IJournalCapacity capacity,
    IBrowserLedger ledger,
    ILines lines,
    DeliveryGate gate,
    Dispatcher dispatcher,
    LiveSeats seats,
    GuestRegister register,
    IMemoryRoom memory,
    SessionInstruments instruments,
    IOptions<SessionsOptions> options,
    TimeProvider time,
    ILogger<GuestSessionGrain> logger) : Grain, IGuestSessionGrain, IGuestDeliveryGrain, IGuestBrowserGrain
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromHours(1);

    private GuestKey _key;
    private TenantOptions _tenant = null!;
    private SessionDoor _door = null!;
    private GuestDelivery _delivery = null!;
    private DeliveryWatch _watch = null!;
    private ReceiptReader _receipts = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = GuestKey.Parse(this.GetPrimaryKeyString());
        _tenant = options.Value.Tenants.GetValueOrDefault(_key.Tenant)
            ?? throw new SessionUnavailableException("The guest's tenant is not configured on this silo.");
        var state = await LoadAsync(cancellationToken);
        _door = new SessionDoor(_key, state, journal, time, MachineBoot.Id, OnBroken);
        _receipts = new ReceiptReader(_key, journal, _door);
        _delivery = new GuestDelivery(
            _key, _door, gate, dispatcher, _tenant.Delivery, options.Value.Delivery,
            Random.Shared.NextDouble, DelayDeactivation);
        _drains = new DrainWatch(_key, _door, lines, DelayDeactivation, logger);
        _claims = new BrowserClaims(_key, ledger, journal.Keyring, lines, time);
        _linking = new GuestLinking(_door, _claims, _drains);
        _door.Rider = new CommitRiders(
            _drains, _watch = new DeliveryWatch(_delivery, state, time), _bell = new CommitBell(seats, time));
        _drains.Begin();
        _delivery.Begin();
        EnterMemory();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _drains?.Dispose();
        _delivery?.Dispose();
        _bell?.Dispose();
        LeaveMemory();
        if (reason.ReasonCode != DeactivationReasonCode.ShuttingDown)
            _door?.LeaveSnapshot();
        return Task.CompletedTask;
    }

    public async Task<RecordAnswer> RecordAsync(RecordRequest request)
    {
        if (NoRoom is { } refusal)
            return new RecordAnswer([.. Enumerable.Repeat(refusal, request.Events.Count)]);
        var (_, answer) = await _linking.EnterAsync(
            request.Guest, take: !BrowserGuests.Is(request.Guest), work => TryRecord(work, request));
        return await ExplainedAsync(
            request, Observed(answer ?? new RecordAnswer([.. Enumerable.Repeat(BrowserBusy, request.Events.Count)])));
    }

    public async Task<IdentifyAnswer> IdentifyAsync(IdentifyRequest request)
    {
        if (NoRoom is { } refusal)
            return new IdentifyAnswer(refusal, null, 0);
        return await _door.EnterAsync(work =>
        {
            var queued = work.Do(Decider.Remember(
                work.State, Messages.ToCommand(request, _tenant, Now))).Queued;
            return new IdentifyAnswer(
                queued is { } outcome ? Messages.ToResult(outcome) : null,
                queued is null ? null : request.EventId,
                work.State.Identifiers.Count);
        });
    }

    public Task<GuestView?> ReadAsync() => _door.EnterAsync(work =>
        work.State.Guest is null
            ? null
            : Views.OfGuest(work.State, Now) with { Wait = WaitOf(work.State) });

    public Task<WaitView?> ReadWaitAsync() => _door.EnterAsync(work => WaitOf(work.State));

    public async Task<TimelinePage?> ReadTimelineAsync(TimelineQuery query) =>
        await new TimelineReader(_receipts).ReadAsync(query) is { } page
            ? page with { Lines = [.. _door.State.Lines] }
            : null;

    public async Task<EventDetail?> ReadEventAsync(string eventId) =>
        await _receipts.FindAsync(eventId) is { } receipt ? OfEvent(receipt) : null;

    public Task<FlushAnswer?> FlushAsync(ActMessage act) => _door.EnterAsync(work => work.State.Guest is null
        ? null
        : new FlushAnswer(work.Do(Decider.Flush(work.State, ToAct(act)))));

    public Task TakeOutcomeAsync(OutcomeMessage outcome) => _delivery.EndAsync(outcome);

    public Task TakeBrowserIdAsync(BrowserIdMessage answer) => _linking.EndBrowserIdAsync(_delivery, answer);

    // Delivery began with the activation; what is left is to see that it is neither stuck nor stale.
    public Task PokeAsync()
    {
        _delivery.Confirm();
        return _door.ConfirmAsync(CancellationToken.None);
    }

    public Task SnapshotAsync() => _door.SaveSnapshotAsync(CancellationToken.None);

    private RecordAnswer Observed(RecordAnswer answer)
    {
        foreach (var result in answer.Results)
            instruments.Recorded(_key.Tenant, result.Status);
        if (_door.State.Dedup.ReachWhenFull(Now) < ShortestWindow)
            instruments.WindowIsShort(_key.Tenant);
        return answer;
    }

    private List<RecordResult> Record(SessionWork work, RecordRequest request, bool isTrial = false)
    {
        List<RecordResult> results = new(request.Events.Count);
        DateTimeOffset? floor = null;
        var now = Now;
        foreach (var message in request.Events)
        {
            var outcome = work.Do(Decider.Record(
                work.State, Messages.ToCommand(request, message, floor, _tenant, now) with { IsTrial = isTrial }));
            floor = outcome.OrderAt ?? floor;
            results.Add(Messages.ToResult(outcome));
        }

        return results;
    }

    private DateTimeOffset Now => _door.Clock.GetUtcNow();

    private EventDetail OfEvent(Receipt receipt) =>
        Views.OfEvent(receipt, _door.State.BrowserIdOf(receipt.Current), _tenant.StreamApi) with
        {
            Wait = Waits.OfEvent(_door.State, receipt.Event.Sequence, WaitOf(_door.State)),
            SharedBrowser = Views.SharedBrowser(_door.State, receipt.Current),
        };

    private WaitView? WaitOf(GuestSession state) =>
        Waits.OfLine(state, Now, gate.ObstacleOf(_key.Tenant));

    private async Task<GuestSession> LoadAsync(CancellationToken cancellation)
    {
        try
        {
            return await SessionDoor.LoadAsync(_key, journal, options.Value.Ingest.Limits, cancellation);
        }
        catch (JournalCorruptException exception)
        {
            LogCorrupt(_key.HashText, exception);
            throw new SessionUnavailableException("The guest's journal cannot be read; an operator has to look at it.");
        }
        catch (JournalUnavailableException exception)
        {
            throw new SessionUnavailableException("The journal cannot be read now.", exception);
        }
    }

    private void OnBroken(Exception exception)
    {
        _drains.Dispose();
        _delivery.Dispose();
        _bell.Dispose();
        LeaveMemory();
        DeactivateOnIdle();
        if (exception is FencedException)
            LogFenced(_key.HashText);
        else
            LogBroken(_key.HashText, exception);
        instruments.Broke(exception.GetType().Name);
    }
}
