using GuestSessions.Core.Delivery;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Delivery;

namespace GuestSessions.Grains.Guests.Delivery;

/// <summary>
/// One guest's side of delivery. It decides when the head of the line may be sent and holds the permit for it. It adds the
/// start to a commit that is due anyway, and hands the durable start to the dispatcher. Single-threaded like its committer.
/// </summary>
internal sealed partial class GuestDelivery(
    SessionCommitter committer, GuestPorts ports, TenantDeliveryOptions tenant, IGuestActivation activation) : ICommitParticipant, IDeliveryOrigin, IDisposable
{
    private static readonly TimeSpan KeepBusy = TimeSpan.FromMinutes(5);

    // What a guest waits for is null while it does not wait: most guests are idle.
    private CancellationTokenSource? _wake;
    private CancellationTokenSource? _asking;
    private CancellationTokenSource? _takingOver;
    private SendPermit? _permit;
    private Starting? _starting;
    private bool _isStopped;
    private bool _creatingBrowserId;
    private long _dispatchedAt;

    private GuestKey Key => committer.Key;

    private SessionClock Time => committer.Clock;

    private DeliveryOptions Options => ports.Options.Delivery;

    /// <summary>Continues where the last activation ended.</summary>
    public Task BeginAsync() => committer.ReadAsync(state =>
    {
        if (state.Open is { } open)
            _ = TakeOverAsync(open);
        else
            Plan(state);
    });

    /// <summary>
    /// Continues delivery and checks for an overdue outcome, which a stale activation of a split cluster may have
    /// received. The request can no longer be in flight, so the start is taken over, like one whose silo is gone.
    /// </summary>
    public Task EnsureDeliveringAsync() => committer.ReadAsync(state =>
    {
        if (_isStopped || Time.GetElapsedTime(_dispatchedAt) <= Options.TakeoverWait)
            return;
        if (state.Open is { TakenOverUntil: null } open && _starting is null)
            _ = TakeOverAsync(open);
        _creatingBrowserId = false;
        Plan(state);
    });

    /// <summary>
    /// Writes no more starts. The start of the commit in progress is sent when it is durable, and the dispatcher finishes a
    /// request in flight.
    /// </summary>
    public void Stop()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        _asking?.Cancel();
        _takingOver?.Cancel();
        StopWaking();
        ReleasePermit();
    }

    /// <summary>Stops permanently, also what is in the commit in progress.</summary>
    public void Dispose()
    {
        Stop();
        if (_starting is { } starting)
            ports.Gate.Release(starting.Permit);
        _starting = null;
    }

    public Task? TryEnd(OutcomeMessage outcome) =>
        _isStopped
            ? null
            : committer.EnterFromOutsideAsync(
                activation.Home!, (Delivery: this, Outcome: outcome), static (work, call) => call.Delivery.End(work, call.Outcome));

    public Task<bool> EndAsync(OutcomeMessage outcome) => committer.EnterAsync(work => End(work, outcome));

    private bool End(SessionWork work, OutcomeMessage outcome)
    {
        try
        {
            // The outcome of a request that was on its way when the guest was erased: nothing is left that it belongs to.
            if (work.State.IsErased)
                return false;
            return work.Do(Decider.End(work.State, new EndDelivery(
                outcome.Sequence, outcome.Attempt, outcome.Report, tenant.InDoubtByType(), Time.GetUtcNow(), ports.Chance())
            {
                OnRefusal = tenant.OnRefusalByType(),
                MaxAttempts = tenant.MaxAttempts,
                OthersAreAccepted = ports.Gate.AcceptsEvents(Key.Tenant),
            }));
        }
        finally
        {
            TakeBack(outcome.PermitId, work.State);
        }
    }

    /// <inheritdoc cref="EndBrowserId"/>
    public Task<bool> EndBrowserIdAsync(BrowserIdMessage answer, string? localId = null) =>
        committer.EnterAsync(work => EndBrowserId(work, answer, localId));

    /// <summary>Records the upstream's answer to the request for a browser id.</summary>
    /// <param name="localId">The local id that the answer's id replaces; null when the id becomes the guest's own.</param>
    public bool EndBrowserId(SessionWork work, BrowserIdMessage answer, string? localId = null)
    {
        TakeBack(answer.PermitId, work.State);
        _creatingBrowserId = false;
        if (work.State.IsErased)
            return false;
        var now = Time.GetUtcNow();
        if (answer.Report.BrowserId is { } browserId
            && work.Do(localId is null
                ? Decider.AssignBrowserId(work.State, browserId, answer.Report.CustomerReference, now)
                : Decider.MapLocalBrowser(work.State, localId, browserId, now)))
            return true;

        // An id that cannot become the guest's own counts as none. Asking again at once could loop forever.
        return work.Do(Decider.PostponeBrowserId(work.State, answer.Report.Attempt, now, ports.Chance(), localId));
    }

    public void OnCommitting(SessionWork work)
    {
        if (_isStopped || _starting is not null)
            return;
        var now = Time.GetUtcNow();
        if (Decider.Next(work.State, now) is DeliveryStep.Send
            && (_permit is not null || ports.Gate.TryAcquire(Key.Tenant, IsRetry(work.State), IsPublic(work.State), out _permit)))
            Start(work, now);
    }

    public void OnCommitted(GuestSession state)
    {
        if (_starting is { } starting)
        {
            _starting = null;
            _dispatchedAt = Time.GetTimestamp();
            ports.Dispatcher.Send(starting.Delivery, starting.Permit);
        }

        Plan(state);
    }

    /// <summary>Plans again after something other than a commit that delivery may have waited for.</summary>
    private Task PlanAsync() => committer.ReadAsync(Plan);

    private void Plan(GuestSession state)
    {
        if (_isStopped)
            return;
        StopWaking();
        var now = Time.GetUtcNow();
        switch (Decider.Next(state, now))
        {
            case DeliveryStep.Wait wait:
                ReleasePermit();
                _ = WakeAsync(wait.Until - now);
                activation.KeepAlive(wait.Until - now + KeepBusy);
                break;
            case DeliveryStep.Send:
                if (_permit is null)
                    _ = AskAsync(state);
                else
                    _ = StartAsync();
                activation.KeepAlive(KeepBusy);
                break;
            case DeliveryStep.NeedBrowserId when !_creatingBrowserId:
                if (_permit is null)
                    _ = AskAsync(state);
                else
                    CreateBrowserId();
                activation.KeepAlive(KeepBusy);
                break;
            default:
                Rest(state);
                break;
        }
    }

    private void Start(SessionWork work, DateTimeOffset now)
    {
        // Measured from before the commit, so that a process that is suspended meanwhile finds its start expired.
        var validUntil = Time.GetTimestamp() + (long)(Options.StartValidity.TotalSeconds * Time.TimestampFrequency);
        work.Do(Decider.Expire(work.State, now, tenant.MaxAge));
        if (work.Do(Decider.Start(work.State, now)) is not { } send)
            return;
        var recorded = send.Head.Event;
        var witness = WitnessOf(work.State, send.Head);
        var request = new SendRequest(
            Key.Tenant, recorded.Body, recorded.Defaults ?? default(Utf8Json), send.BrowserId,
            recorded.OccurredAt ?? recorded.ReceivedAt, validUntil)
        {
            PointOfSale = recorded.PointOfSale,
            UserAgent = recorded.UserAgent,
            Address = recorded.Address,
            CountsForCircuit = !witness.IsStranger,
        };
        _starting = new Starting(_permit!, new StartedDelivery(
            Key, recorded.Sequence, send.Head.Attempts + 1, request, now - recorded.ReceivedAt, Time.GetTimestamp(),
            recorded.TraceParent, witness, activation.Home is null ? null : this));
        _permit = null;
    }

    private Task StartAsync() => QuietlyAsync(() => committer.EnterAsync(work =>
    {
        if (_permit is not null && _starting is null)
            Start(work, Time.GetUtcNow());
        return true;
    }));

    private void CreateBrowserId()
    {
        var permit = _permit!;
        _permit = null;
        _creatingBrowserId = true;
        _dispatchedAt = Time.GetTimestamp();
        ports.Dispatcher.CreateBrowserId(Key, permit);
    }

    private Task TakeOverAsync(OpenStart open) => QuietlyAsync(async () =>
    {
        var stopped = (_takingOver ??= new CancellationTokenSource()).Token;
        activation.KeepAlive(Options.TakeoverWait + KeepBusy);
        await committer.EnterAsync(work => work.State.Open is { } now && now.IsStill(open)
            ? work.Do(Decider.TakeOver(work.State, Time.GetUtcNow(), Options.TakeoverWait))
            : default);
        await Task.Delay(Options.TakeoverWait, Time, stopped);
        await committer.EnterAsync(work => work.Do(
            Decider.Abandon(work.State, open, tenant.InDoubtByType(), Time.GetUtcNow(), ports.Chance(), tenant.MaxAttempts)));
    });

    private Task WakeAsync(TimeSpan delay)
    {
        var wake = _wake = new CancellationTokenSource();
        return QuietlyAsync(async () =>
        {
            // Whole milliseconds, rounded up: a timer that fires early would find the head not yet due.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), Time, wake.Token);
            await PlanAsync();
        });
    }

    private void StopWaking()
    {
        _wake?.Cancel();
        _wake?.Dispose();
        _wake = null;
    }

    /// <summary>
    /// Runs work that no caller waits for. It ends with the activation. A broken committer has already reported its
    /// failure, and the next activation starts again from the journal.
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

    private sealed record Starting(SendPermit Permit, StartedDelivery Delivery);
}
