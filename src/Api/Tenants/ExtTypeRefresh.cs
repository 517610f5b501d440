using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Api.Tenants;

/// <summary>
/// Keeps what this host knows of <c>ext</c> types up to date. It takes its services once the host has started: before that
/// there is no keyring to reach grains with.
/// </summary>
internal sealed class ExtTypeRefresh(IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider time)
    : BackgroundService
{
    /// <summary>How long another host goes on by what was reset.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        // The catalog is what names the tenants to the agreement.
        _ = services.GetRequiredService<TenantCatalog>();
        var agreement = services.GetRequiredService<ExtTypeAgreement>();
        using var timer = new PeriodicTimer(Interval, time);
        do
            await agreement.RefreshAsync();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
