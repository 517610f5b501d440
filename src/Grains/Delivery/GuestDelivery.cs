using GuestSessions.Core.Delivery;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// One guest's side of delivery: decides when its line's head may go, holds the permit for it, lets the start ride in a
/// commit that is due anyway, and hands the durable start to the dispatcher. Single-threaded like its door.
/// </summary>
/// <param name="chance">Uniform in [0, 1): the jitter of back-offs.</param>
/// <param name="stayAlive">Keeps the activation from being collected for that long; zero ends that.</param>
public sealed partial class GuestDelivery(
    GuestKey key,
    SessionDoor door,
    DeliveryGate gate,
    Dispatcher dispatcher,
    TenantDeliveryOptions tenant,
    DeliveryOptions options,
    Func<double> chance,
    Action<TimeSpan> stayAlive) : ICommitRider, IDisposable
{
    private static readonly TimeSpan KeepBusy = TimeSpan.FromMinutes(5);

    private readonly SessionClock _time = door.Clock;
    private readonly CancellationTokenSource _stopped = new();
    private CancellationTokenSource? _wake;
    private SendPermit? _permit;
    private Starting? _starting;
    private bool _asking;
    private bool _creatingBrowserId;
    private long _dispatchedAt;

    /// <summary>The in-doubt policy of an event type.</summary>
    public InDoubtPolicy Policy(string type) =>
        tenant.InDoubt.TryGetValue(type, out var policy) ? policy : DeliveryPolicy.DefaultFor(type);

    private bool IsRetry => door.State.Line.Head is { Attempts: > 0 };

    private Witness WitnessOf(LineEntry? head) => new(
        key.Hash, FromBackend: head?.Event.FromPublicKey is not true, DeliveredBefore: door.State.DeliveredCount > 0);

    /// <summary>What a refused event of a type does to the line.</summary>
    private RefusalPolicy OnRefusal(string type) => tenant.OnRefusal.GetValueOrDefault(type);

    /// <summary>Begins where the last activation ended.</summary>
    public void Begin()
    {
        if (door.State.Open is { } open)
            _ = TakeOverAsync(open);
        else
            Plan();
    }

    /// <summary>
    /// Looks for an answer that is long overdue: a stale activation of a split cluster may have been given it. By now the
    /// request cannot be on its way any more, so the event is settled like one whose owner vanished.
    /// </summary>
    public void Confirm()
    {
        if (_stopped.IsCancellationRequested || _time.GetElapsedTime(_dispatchedAt) <= options.TakeoverWait)
            return;
        if (door.State.Open is { TakenOverUntil: null } open && _starting is null)
            _ = TakeOverAsync(open);
        _creatingBrowserId = false;
        Plan();
    }

    /// <summary>Stops for good. A request in flight is finished by the dispatcher.</summary>
    public void Dispose()
    {
        if (_stopped.IsCancellationRequested)
            return;
        _stopped.Cancel();
        StopWaking();
        ReleasePermit();
        if (_starting is { } starting)
            gate.Release(starting.Permit);
        _starting = null;
        _stopped.Dispose();
    }

    public Task<bool> EndAsync(OutcomeMessage outcome) => door.EnterAsync(work =>
    {
        TakeBack(outcome.PermitId);
        return work.Do(Decider.End(work.State, new EndDelivery(
            outcome.Sequence, outcome.Attempt, outcome.Report.ToReport(), Policy, _time.GetUtcNow(), chance())
        {
            OnRefusal = OnRefusal,
            MaxAttempts = tenant.MaxAttempts,
            OthersAreAccepted = gate.AcceptsEvents(key.Tenant),
        }));
    });

    /// <param name="localId">The local id that the answer's id stands for; null where it is to be the guest's own.</param>
    public Task<bool> EndBrowserIdAsync(BrowserIdMessage answer, string? localId = null) => door.EnterAsync(work =>
    {
        TakeBack(answer.PermitId);
        _creatingBrowserId = false;
        var now = _time.GetUtcNow();
        if (answer.BrowserId is { } browserId
            && work.Do(localId is null
                ? Decider.AssignBrowserId(work.State, browserId, answer.CustomerReference, now)
                : Decider.MapLocalBrowser(work.State, localId, browserId, now)))
            return true;

        // An id that cannot become the guest's own is none: asking on at once could go on for ever.
        return work.Do(Decider.PostponeBrowserId(work.State, answer.Report.ToReport(), now, chance(), localId));
    });

    public void Ride(SessionWork work)
    {
        if (_stopped.IsCancellationRequested || _starting is not null)
            return;
        var now = _time.GetUtcNow();
        if (Decider.Next(work.State, now) is DeliveryStep.Send
            && (_permit is not null || gate.TryAcquire(key.Tenant, IsRetry, out _permit)))
            Start(work, now);
    }

    public void Committed()
    {
        if (_starting is { } starting)
        {
            _starting = null;
            _dispatchedAt = _time.GetTimestamp();
            dispatcher.Send(starting.Delivery, starting.Permit);
        }

        Plan();
    }

    private void Plan()
    {
        if (_stopped.IsCancellationRequested)
            return;
        StopWaking();
        var now = _time.GetUtcNow();
        switch (Decider.Next(door.State, now))
        {
            case DeliveryStep.Wait wait:
                ReleasePermit();
                _ = WakeAsync(wait.Until - now);
                stayAlive(wait.Until - now + KeepBusy);
                break;
            case DeliveryStep.Send:
                if (_permit is null)
                    _ = AskAsync();
                else
                    _ = StartAsync();
                stayAlive(KeepBusy);
                break;
            case DeliveryStep.NeedBrowserId when !_creatingBrowserId:
                if (_permit is null)
                    _ = AskAsync();
                else
                    CreateBrowserId();
                stayAlive(KeepBusy);
                break;
            default:
                Rest();
                break;
        }
    }

    private void Start(SessionWork work, DateTimeOffset now)
    {
        // Measured from before the commit: a process that is stopped meanwhile finds its start expired.
        var validUntil = _time.GetTimestamp() + (long)(options.StartValidity.TotalSeconds * _time.TimestampFrequency);
        work.Do(Decider.Expire(work.State, now, tenant.MaxAge));
        if (work.Do(Decider.Start(work.State, now)) is not { } send)
            return;
        var recorded = send.Head.Event;
        var witness = WitnessOf(send.Head);
        var request = new SendRequest(
            key.Tenant, recorded.Body, recorded.Defaults ?? default(Utf8Json), send.BrowserId,
            recorded.OccurredAt ?? recorded.ReceivedAt, validUntil)
        {
            PointOfSale = recorded.PointOfSale,
            UserAgent = recorded.UserAgent,
            Address = recorded.Address,
            CountsForCircuit = !witness.IsStranger,
        };
        _starting = new Starting(_permit!, new Delivery(
            key, recorded.Sequence, send.Head.Attempts + 1, request, now - recorded.ReceivedAt, _time.GetTimestamp(),
            recorded.TraceParent, witness));
        _permit = null;
    }

    private Task StartAsync() => QuietlyAsync(() => door.EnterAsync(work =>
    {
        if (_permit is not null && _starting is null)
            Start(work, _time.GetUtcNow());
        return true;
    }));

    private Task AskAsync()
    {
        if (_asking)
            return Task.CompletedTask;
        _asking = true;
        return QuietlyAsync(async () =>
        {
            SendPermit permit;
            try
            {
                permit = await gate.AcquireAsync(
                    key.Tenant, IsRetry, WitnessOf(door.State.Line.Head).Rank, _stopped.Token);
            }
            finally
            {
                _asking = false;
            }

            if (_permit is null && !_stopped.IsCancellationRequested)
                _permit = permit;
            else
                gate.Release(permit);
            Plan();
        });
    }

    private void CreateBrowserId()
    {
        var permit = _permit!;
        _permit = null;
        _creatingBrowserId = true;
        _dispatchedAt = _time.GetTimestamp();
        dispatcher.CreateBrowserId(key, permit);
    }

    private Task TakeOverAsync(OpenStart open) => QuietlyAsync(async () =>
    {
        stayAlive(options.TakeoverWait + KeepBusy);
        await door.EnterAsync(work => work.State.Open is { } now && now.IsStill(open)
            ? work.Do(Decider.TakeOver(work.State, _time.GetUtcNow(), options.TakeoverWait))
            : default);
        await Task.Delay(options.TakeoverWait, _time, _stopped.Token);
        await door.EnterAsync(work => work.Do(
            Decider.Abandon(work.State, open, Policy, _time.GetUtcNow(), chance())));
    });

    private Task WakeAsync(TimeSpan delay)
    {
        var wake = _wake = new CancellationTokenSource();
        return QuietlyAsync(async () =>
        {
            // Whole milliseconds, rounded up: a timer that fires early would find the head not yet due.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), _time, wake.Token);
            Plan();
        });
    }

    private void StopWaking()
    {
        _wake?.Cancel();
        _wake?.Dispose();
        _wake = null;
    }

    /// <summary>Goes on with the permit of a finished attempt, if it may be used once more.</summary>
    private void TakeBack(long permitId)
    {
        if (dispatcher.PermitOf(permitId) is not { } permit)
            return;
        if (_permit is not null || _stopped.IsCancellationRequested)
            gate.Release(permit);
        else
            gate.TryRenew(permit, out _permit);
    }

    private void ReleasePermit()
    {
        if (_permit is not { } permit)
            return;
        _permit = null;
        gate.Release(permit);
    }

    /// <summary>
    /// Work that nobody waits for. It ends with the activation: a broken door has said so already, and the next
    /// activation begins anew from the journal.
    /// </summary>
    private static async Task QuietlyAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is OperationCanceledException
            or Contracts.SessionUnavailableException)
        {
        }
    }

    private sealed record Starting(SendPermit Permit, Delivery Delivery);
}
