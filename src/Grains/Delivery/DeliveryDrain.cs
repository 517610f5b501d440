using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// On shutdown, before anything else stops: nothing new is sent, and what is in flight is finished and recorded, within
/// the host's time-out. What does not finish in time is settled by the next start's takeover.
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

    [LoggerMessage(2201, LogLevel.Information, "Every request in flight is finished and recorded.")]
    private partial void LogDrained();

    [LoggerMessage(2202, LogLevel.Warning, "Shutdown leaves {InFlight} requests without a recorded outcome.")]
    private partial void LogCutShort(int inFlight);
}
