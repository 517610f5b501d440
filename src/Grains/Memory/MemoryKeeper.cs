using System.Runtime;
using GuestSessions.Core.Memory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Memory;

/// <summary>
/// Keeps this silo below its memory limit. When memory is tight, guests leave and the runtime collects their memory. When
/// many guests have left, or it is quiet after much work, empty memory goes back to the system.
/// </summary>
/// <remarks>
/// Orleans can shed activations too. But it also sheds activations with requests in flight, all at once, and only after a
/// collection that the runtime may delay for long.
/// </remarks>
public sealed partial class MemoryKeeper(
    MemoryGauge gauge, GuestRegister guests, TimeProvider time, ILogger<MemoryKeeper> logger) : BackgroundService
{
    /// <summary>The pause after a round in which few guests could leave, as a multiple of its duration.</summary>
    private const int Rest = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly CollectionPace _pace = new(time);
    private readonly GivingBack _givingBack = new(time);
    private long _restsUntil = long.MinValue;
    private long _toldAt = long.MinValue;
    private long _leftAtLog;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (gauge.Level is not MemoryLevel.Free and var level)
                    await FreeMemoryAsync(level, stoppingToken);
                else
                    GiveBack();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Without this service memory would fill up, so the next round tries again.
                LogFailed(exception);
            }
        }
    }

    private async Task FreeMemoryAsync(MemoryLevel level, CancellationToken stopping)
    {
        if (time.GetTimestamp() >= _restsUntil)
            await ShedAsync(level, stopping);
        // Only a collection shows how much memory the guests freed.
        _pace.Collect(isUrgent: level >= MemoryLevel.Scarce);
        Tell(level);
    }

    private async Task ShedAsync(MemoryLevel level, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        var surplus = (int)Math.Ceiling(guests.Count * gauge.Surplus);
        var left = await guests.ShedAsync(surplus, isWaitingToo: false, stopping);
        if (left < surplus && level >= MemoryLevel.Scarce)
            left += await guests.ShedAsync(surplus - left, isWaitingToo: true, stopping);
        var ended = time.GetTimestamp();
        if (left < surplus / 2)
            _restsUntil = ended + (Rest * (ended - started));
    }

    private void GiveBack()
    {
        switch (_givingBack.Next(new MemoryUse(
            guests.Left, GC.GetTotalAllocatedBytes(), GC.GetTotalMemory(forceFullCollection: false),
            GC.GetGCMemoryInfo().TotalCommittedBytes)))
        {
            case GivingBackStep.Look:
                // Bypasses the pace, which skips a collection if the runtime collected before these guests left.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false, compacting: false);
                break;
            case GivingBackStep.Give:
                GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                break;
        }
    }

    private void Tell(MemoryLevel level)
    {
        if (_toldAt != long.MinValue && time.GetElapsedTime(_toldAt) < LogInterval)
            return;
        _toldAt = time.GetTimestamp();
        LogTight(level, guests.Left - _leftAtLog, guests.Count);
        _leftAtLog = guests.Left;
    }

    [LoggerMessage(7301, LogLevel.Warning,
        "Memory is {Level}: {Left} guests have left memory since the last message, {Count} remain.")]
    private partial void LogTight(MemoryLevel level, long left, int count);

    [LoggerMessage(7302, LogLevel.Error, "Memory could not be freed; the next round tries again.")]
    private partial void LogFailed(Exception exception);
}
