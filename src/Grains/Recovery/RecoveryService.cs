using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Delivery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Recovery;

/// <summary>
/// Nobody is forgotten: at start and on a slow sweep, the guests with undelivered events are read from the heads, in
/// pages, and their grains are poked. Without it a guest that crashed with a full line would wait for its next event.
/// </summary>
public sealed partial class RecoveryService(
    IJournal journal, IGrainFactory grains, IOptions<SessionsOptions> options, TimeProvider time,
    ILogger<RecoveryService> logger) : BackgroundService
{
    private const int PageSize = 1_000;
    private const int PokesAtOnce = 64;

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
        var started = time.GetTimestamp();
        var poked = 0;
        var orphans = 0;
        for (GuestKey? after = null; ;)
        {
            var page = await journal.ReadPendingAsync(after, PageSize, cancellation);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = PokesAtOnce, CancellationToken = cancellation };
            var ours = page.Where(guest => options.Value.Tenants.ContainsKey(guest.Tenant)).ToList();
            await Parallel.ForEachAsync(ours, parallel, (guest, _) => PokeAsync(guest));
            poked += ours.Count;
            orphans += page.Count - ours.Count;
            if (page.Count < PageSize)
                break;
            after = page[^1];
            LogProgress(poked);
        }

        if (orphans > 0)
            LogOrphans(orphans);
        if (poked > 0)
            LogSwept(poked, time.GetElapsedTime(started));
    }

    private async ValueTask PokeAsync(GuestKey guest)
    {
        try
        {
            await grains.GetGrain<IGuestDeliveryGrain>(guest.ToString()).PokeAsync();
        }
        catch (Exception exception)
        {
            // One guest's trouble must not stop the sweep; the next one comes by again.
            LogPokeFailed(guest.HashText, exception);
        }
    }
}
