using GuestSessions.Core.Lists;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Recovery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.History;

/// <summary>
/// Tells each tenant's history what this silo counted, once a minute. One silo adds what waits in the whole store. No event
/// waits for it.
/// </summary>
internal sealed partial class HistoryReports(
    TenantTallies tallies, IGrainFactory grains, IGuestLists lists, IMembershipWatch membership,
    IOptions<SessionsOptions> options, TimeProvider time, ILogger<HistoryReports> logger) : BackgroundService
{
    /// <summary>Guests counted of a tenant.</summary>
    public const int MostCounted = 100_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            foreach (var tenant in options.Value.Tenants.Keys)
                await ReportAsync(tenant, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReportAsync(string tenant, CancellationToken cancellation)
    {
        var tally = tallies.Take(tenant);
        try
        {
            var backlog = membership.Share.Leads ? await lists.CountAsync(tenant, MostCounted, cancellation) : null;
            await grains.GetGrain<ITenantTallyGrain>(tenant).AddAsync(tally with { Backlog = backlog });
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            tallies.PutBack(tenant, tally);
            LogDelayed(tenant, exception);
        }
    }

    [LoggerMessage(7602, LogLevel.Warning, "The history of tenant {Tenant} does not have this silo's last minute yet; it is told again.")]
    private partial void LogDelayed(string tenant, Exception exception);
}
