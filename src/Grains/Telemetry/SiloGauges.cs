using System.Diagnostics.Metrics;
using GuestSessions.Core.Memory;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Memory;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Grains.Telemetry;

/// <summary>The state of this silo, read when somebody looks.</summary>
internal sealed class SiloGauges(IMeterFactory meters, DeliveryGate gate, GuestRegister guests, IMemoryLevel memory)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(SessionInstruments.Name);
        meter.CreateObservableGauge(
            "sessions.delivery.in_flight", InFlight, "{request}", "Requests to the upstream that are in flight or about to be.");
        meter.CreateObservableGauge(
            "sessions.delivery.waiting", Waiting, "{guest}", "Guests that wait for a permit to send.");
        meter.CreateObservableGauge(
            "sessions.delivery.stopped", Stopped, "{tenant}", "1 while nothing of the tenant may be sent from the silo, by the reason.");
        meter.CreateObservableGauge(
            "sessions.guests.resident", () => guests.Count, "{guest}", "Guests in the silo's memory.");
        meter.CreateObservableCounter(
            "sessions.guests.left", () => guests.Left, "{guest}", "Guests that left the silo's memory.");
        meter.CreateObservableGauge(
            "sessions.memory.level", () => (int)memory.Level, "{level}", "Use of memory: 0 free, 1 tight, 2 scarce, 3 full.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<int>> InFlight() =>
        gate.Read().Select(static reading => new Measurement<int>(reading.InFlight, Tenant(reading)));

    private IEnumerable<Measurement<int>> Waiting() =>
        gate.Read().Select(static reading => new Measurement<int>(reading.Waiting, Tenant(reading)));

    private IEnumerable<Measurement<int>> Stopped() =>
        from reading in gate.Read()
        where reading.Obstacle is not (null or WaitCode.Turn or WaitCode.RateLimit)
        select new Measurement<int>(1, Tenant(reading), new("reason", Names.Of(reading.Obstacle.Value)));

    private static KeyValuePair<string, object?> Tenant(ThrottleReading reading) => new("tenant", reading.Tenant);
}
