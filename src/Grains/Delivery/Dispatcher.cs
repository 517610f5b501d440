using System.Collections.Concurrent;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Delivery;

/// <summary>Receives a delivery's outcome and brings it to the guest's grain, on any silo.</summary>
public interface IOutcomeSink
{
    Task ReportOutcomeAsync(GuestKey guest, OutcomeMessage outcome);
    Task ReportBrowserIdAsync(GuestKey guest, BrowserIdMessage answer);
}

/// <summary>
/// The activation that wrote a start, on this silo. It takes the outcome without a call, which would cost as much as the
/// commit.
/// </summary>
public interface IDeliveryOrigin
{
    /// <returns>Completes when the outcome is durable or outdated; null if the activation has ended.</returns>
    Task? TryEnd(OutcomeMessage outcome);
}

/// <summary>One durable start that is about to be sent.</summary>
/// <param name="Age">Time from the event's receipt to its start.</param>
/// <param name="StartedAt">The timestamp of the start.</param>
/// <param name="TraceParent">Trace context of the request that brought the event.</param>
/// <param name="Witness">What the outcome says about the tenant.</param>
/// <param name="Origin">Takes the outcome if it still can; null if a call has to bring it.</param>
public sealed record StartedDelivery(
    GuestKey Guest, long Sequence, int Attempt, SendRequest Request, TimeSpan Age, long StartedAt,
    string? TraceParent, Witness Witness, IDeliveryOrigin? Origin = null);

/// <summary>
/// Sends starts to the upstream and reports outcomes to the grains, outside of any grain. Each delivery holds its permit
/// until its outcome is recorded. So delivery slows down, instead of piling up, when the journal is down.
/// </summary>
/// <param name="scheduler">Runs the work: the thread pool, or a simulation's own thread.</param>
public sealed partial class Dispatcher(
    DeliveryGate gate,
    IStreamClient client,
    IOutcomeSink sink,
    SessionInstruments instruments,
    TimeProvider time,
    TaskScheduler scheduler,
    ILogger<Dispatcher> logger)
{
    private static readonly BackOff BetweenOffers = new(First: TimeSpan.FromMilliseconds(100), Longest: TimeSpan.FromSeconds(5));

    /// <summary>The report when the tenant was paused, or its terms expired, between the permit and the send.</summary>
    private static AttemptReport Stopped { get; } = new() { Outcome = AttemptOutcome.Unsent, Error = "delivery_paused" };

    private readonly ConcurrentDictionary<long, SendPermit> _permits = new();
    private readonly ConfigurationCheck _configuration = new(client, gate, time);

    /// <summary>Sends one event. The dispatcher owns the permit from now on.</summary>
    public void Send(StartedDelivery delivery, SendPermit permit) => Run(new Work(this, delivery.Guest, permit, delivery));

    /// <summary>Requests a browser id. The dispatcher owns the permit from now on.</summary>
    public void CreateBrowserId(GuestKey guest, SendPermit permit) => Run(new Work(this, guest, permit, Delivery: null));

    /// <summary>
    /// The permit of an attempt whose outcome is being reported to a grain of this silo, so that the next start can be
    /// part of the same commit. Null when the permit is another silo's, or is no longer in use.
    /// </summary>
    public SendPermit? PermitOf(long permitId) => _permits.GetValueOrDefault(permitId);

    private async Task DeliverAsync(StartedDelivery delivery, SendPermit permit)
    {
        using var activity = SessionInstruments.StartDelivery(delivery);
        var report = Stopped;
        if (gate.TryBeginSend(permit))
        {
            try
            {
                report = await client.SendAsync(delivery.Request, CancellationToken.None);
                if (ConfigurationCheck.IsFor(delivery, report))
                    report = await _configuration.JudgeAsync(delivery, report);
            }
            finally
            {
                gate.EndSend(permit);
            }
        }

        report = gate.Observe(permit.Tenant, report, delivery.Witness);
        instruments.Attempted(delivery, report, delivery.Age + time.GetElapsedTime(delivery.StartedAt));
        activity?.SetTag("sessions.outcome", OutcomeNames.Of(report.Outcome));
        var message = new OutcomeMessage(delivery.Sequence, delivery.Attempt, report, permit.Id);
        if (delivery.Origin?.TryEnd(message) is { } ending)
        {
            try
            {
                await ending;
                return;
            }
            catch (SessionUnavailableException exception)
            {
                // Another activation may have taken over.
                LogNotTaken(delivery.Guest.HashText, TimeSpan.Zero, exception);
            }
        }

        await OfferAsync(delivery.Guest, () => sink.ReportOutcomeAsync(delivery.Guest, message));
    }

    private async Task ProvideBrowserIdAsync(GuestKey guest, SendPermit permit)
    {
        var report = await CreateBrowserIdAsync(permit);
        gate.ObserveBrowserId(permit.Tenant, report.Attempt);
        var message = new BrowserIdMessage(report, permit.Id);
        await OfferAsync(guest, () => sink.ReportBrowserIdAsync(guest, message));
    }

    private async Task<BrowserIdReport> CreateBrowserIdAsync(SendPermit permit)
    {
        if (!gate.TryBeginSend(permit))
            return new BrowserIdReport(null, null, Stopped);
        try
        {
            return await client.CreateBrowserIdAsync(permit.Tenant, CancellationToken.None);
        }
        finally
        {
            gate.EndSend(permit);
        }
    }

    private void Run(Work work) => Task.Factory.StartNew(
        static work => ((Work)work!).RunAsync(), work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);

    private async Task RunAsync(Work work)
    {
        var permit = work.Permit;
        _permits[permit.Id] = permit;
        try
        {
            await (work.Delivery is { } delivery ? DeliverAsync(delivery, permit) : ProvideBrowserIdAsync(work.Guest, permit));
        }
        catch (Exception exception)
        {
            // By contract nothing above throws. If it does, it is a bug, whatever its type, and the permit must be given back.
            LogFailed(work.Guest.HashText, exception);
        }

        _permits.TryRemove(permit.Id, out _);
        gate.Release(permit);
    }

    /// <summary>Reports an outcome until it is accepted: Orleans can lose messages, and the journal can be down.</summary>
    private async Task OfferAsync(GuestKey guest, Func<Task> offer)
    {
        for (var failures = 1; ; failures++)
        {
            var delay = BetweenOffers.After(failures);
            try
            {
                await offer();
                return;
            }
            catch (Exception exception)
            {
                LogNotTaken(guest.HashText, delay, exception);
            }

            await Task.Delay(delay, time);
        }
    }

    /// <summary>What is done with one permit: an object for the scheduler, in place of closures.</summary>
    /// <param name="Delivery">Null if a browser id is requested.</param>
    private sealed record Work(Dispatcher Dispatcher, GuestKey Guest, SendPermit Permit, StartedDelivery? Delivery)
    {
        public Task RunAsync() => Dispatcher.RunAsync(this);
    }
}
