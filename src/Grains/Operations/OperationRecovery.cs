using GuestSessions.Core.Operations;
using GuestSessions.Core.Options;
using GuestSessions.Core.Privacy;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Operations;

/// <summary>Continues operations that a crash interrupted, and deletes files that nobody took in time.</summary>
public sealed partial class OperationRecovery(
    IOperationStore store, IFileStore files, IGrainFactory grains, IOptions<SessionsOptions> options, TimeProvider time,
    ILogger<OperationRecovery> logger) : BackgroundService
{
    private const int MostAtOnce = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Delivery.SweepInterval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogSweepFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        await files.DeleteExpiredAsync(time.GetUtcNow(), cancellation);
        foreach (var (tenant, id) in await store.ReadRunningAsync(MostAtOnce, cancellation))
            await grains.GetGrain<IOperationGrain>($"{tenant}/{id}").EnsureRunningAsync();
    }

    [LoggerMessage(1102, LogLevel.Warning, "A sweep over operations failed; the next one tries again.")]
    private partial void LogSweepFailed(Exception exception);
}
