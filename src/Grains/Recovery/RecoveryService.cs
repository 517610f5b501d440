using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Recovery;

/// <summary>
/// Ensures that no guest is forgotten. It reads the guests with undelivered events from the head rows, in pages, and
/// ensures delivery for those in this silo's share. It runs at start, when a silo leaves, and on a slow sweep. Without it, a
/// guest that crashed with a full line would wait for its next event. One silo also keeps the index that it reads short.
/// </summary>
public sealed partial class RecoveryService(
    IJournal journal, IGrainFactory grains, IMembershipWatch membership, IMemoryLevel memory,
    IOptions<SessionsOptions> options, SessionInstruments instruments, TimeProvider time, ILogger<RecoveryService> logger) : BackgroundService
{
    private const int PageSize = 1_000;
    private const int GuestsAtOnce = 64;

    /// <summary>How soon a sweep continues that stopped because memory was tight.</summary>
    private static readonly TimeSpan TightInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Minimum time since a guest's last delivery before it leaves the index. One that comes back soon would enter it again, and
    /// entering costs as much as the event.
    /// </summary>
    private static readonly TimeSpan TidyAge = TimeSpan.FromMinutes(1);

    /// <summary>Where the next sweep begins; null means the first guest.</summary>
    private GuestKey? _stoppedAt;

    private long? _tidiedAt;

    /// <summary>Whether the last sweep stopped before the end, perhaps before its first page.</summary>
    private bool _isUnfinished;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await SweepAsync(membership.Share, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogSweepFailed(exception);
            }

            // Also after a sweep that failed: the index may be what it took too long to read.
            await TidyPendingAsync(membership.Share, stoppingToken);
            await NextAsync(stoppingToken);
        }
    }

    /// <summary>Waits until the cluster changes or the interval has passed.</summary>
    private async Task NextAsync(CancellationToken stopping)
    {
        using var interval = new CancellationTokenSource(
            _isUnfinished ? TightInterval : options.Value.Delivery.SweepInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, stopping);
        try
        {
            await membership.ChangedAsync(either.Token);
            // The guests of a silo that left may also come before the stop position.
            _stoppedAt = null;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The slow sweep is due.
        }
    }

    private async Task SweepAsync(ClusterShare share, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var reached = 0;
        var orphans = 0;
        for (var after = _stoppedAt; ;)
        {
            // Guests that left because memory was tight return only when memory is free again.
            _stoppedAt = after;
            var isTight = memory.Level != MemoryLevel.Free;
            _isUnfinished = isTight || after is not null;
            if (isTight)
                break;
            var page = await journal.ReadPendingAsync(after, PageSize, cancellation);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = GuestsAtOnce, CancellationToken = cancellation };
            var held = page.Where(share.Holds).ToList();
            var ours = held.FindAll(guest => options.Value.Tenants.ContainsKey(guest.Tenant));
            await Parallel.ForEachAsync(ours, parallel, (guest, _) => EnsureDeliveringAsync(guest));
            reached += ours.Count;
            orphans += held.Count - ours.Count;
            if (page.Count < PageSize)
            {
                (_stoppedAt, _isUnfinished) = (null, false);
                break;
            }

            after = page[^1];
            LogProgress(reached);
        }

        if (orphans > 0)
            LogOrphans(orphans);
        if (reached == 0)
            return;
        var duration = time.GetElapsedTime(started);
        instruments.Swept(reached, duration);
        LogSwept(reached, duration);
    }

    /// <summary>Keeps the index short. It also runs while memory is tight and sweeps stop: then there are more guests than ever.</summary>
    private async Task TidyPendingAsync(ClusterShare share, CancellationToken cancellation)
    {
        if (!share.Leads
            || (_tidiedAt is { } last && time.GetElapsedTime(last) < options.Value.Delivery.SweepInterval))
            return;
        _tidiedAt = time.GetTimestamp();
        var now = time.GetUtcNow();
        try
        {
            await journal.TidyPendingAsync(now - TidyAge, now, cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            // A long index makes sweeps and lists slow, and loses nothing. The next interval tries again.
            LogNotTidied(exception);
        }
    }

    private async ValueTask EnsureDeliveringAsync(GuestKey guest)
    {
        try
        {
            await grains.GetGrain<IGuestDeliveryGrain>(guest.ToString()).EnsureDeliveringAsync();
        }
        catch (Exception exception)
        {
            // The failure of one guest must not stop the sweep. The next sweep tries again.
            LogGuestFailed(guest.HashText, exception);
        }
    }
}
