using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Api.Tenants;

/// <summary>
/// Keeps this host's <c>ext</c> types up to date. It resolves its services once the host has started: before that,
/// there is no keyring with which to reach grains.
/// </summary>
internal sealed class ExtTypeRefresh(IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider time)
    : BackgroundService
{
    /// <summary>How long other hosts may use a type after its reset.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        // The catalog registers the tenants with the agreement.
        _ = services.GetRequiredService<TenantCatalog>();
        var agreement = services.GetRequiredService<ExtTypeAgreement>();
        using var timer = new PeriodicTimer(Interval, time);
        do
            await agreement.RefreshAsync();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
