using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Client;

/// <summary>Drains the buffer after every service of the host has stopped, because those may still add to it.</summary>
internal sealed partial class HostedDrain(GuestSessionsClient client, ILogger<HostedDrain> logger) : IHostedLifecycleService
{
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var report = await client.StopAsync(cancellationToken).ConfigureAwait(false);
        if (report.Left.Count > 0)
            LogLeft(logger, report.Left.Count);
        else
            LogDrained(logger, report.Stored);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(4, LogLevel.Error, "The host ends and leaves {Count} buffered events without an answer")]
    private static partial void LogLeft(ILogger logger, int count);

    [LoggerMessage(5, LogLevel.Information, "The buffer is drained; {Count} events were stored after the stop")]
    private static partial void LogDrained(ILogger logger, long count);
}
