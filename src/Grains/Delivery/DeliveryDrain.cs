using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// Drains delivery on shutdown, before anything else stops. It sends nothing new, and finishes and records the requests in
/// flight within the host's time-out. Requests that do not finish in time are taken over after the next start.
/// </summary>
public sealed partial class DeliveryDrain(DeliveryGate gate, ILogger<DeliveryDrain> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await gate.DrainAsync(cancellationToken);
            LogDrained();
        }
        catch (OperationCanceledException)
        {
            LogCutShort(gate.InFlight);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(2201, LogLevel.Information, "All requests in flight have finished, and their outcomes are recorded.")]
    private partial void LogDrained();

    [LoggerMessage(2202, LogLevel.Warning, "Shutdown leaves {InFlight} requests without a recorded outcome.")]
    private partial void LogCutShort(int inFlight);
}
