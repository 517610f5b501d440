using System.Runtime;
using GuestSessions.Core.Memory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Memory;

/// <summary>
/// Keeps this silo below its memory: when it is tight, guests leave and the runtime collects what they were; when many
/// have left, what they took goes back to the system.
/// </summary>
/// <remarks>
/// Orleans can shed activations too, but it takes those with requests in flight, all at once, and only after a collection
/// that the runtime may put off for long.
/// </remarks>
public sealed partial class MemoryKeeper(
    MemoryGauge gauge, GuestRegister guests, TimeProvider time, ILogger<MemoryKeeper> logger) : BackgroundService
{
    /// <summary>After a round in which few could leave, so many times as long as it took passes without another.</summary>
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
                // Without it memory would fill for good: the next round tries again.
                LogFailed(exception);
            }
        }
    }

    private async Task FreeMemoryAsync(MemoryLevel level, CancellationToken stopping)
    {
        if (time.GetTimestamp() >= _restsUntil)
            await ShedAsync(level, stopping);
        // Only a collection shows what has left.
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
        var used = GC.GetTotalMemory(forceFullCollection: false);
        switch (_givingBack.Next(guests.Left, used, GC.GetGCMemoryInfo().TotalCommittedBytes))
        {
            case GivingBackStep.Look:
                _pace.Collect(isUrgent: false);
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
        "Memory is {Level}: {Left} guests have left it since the last message, {Count} are in it.")]
    private partial void LogTight(MemoryLevel level, long left, int count);

    [LoggerMessage(7302, LogLevel.Error, "Guests could not be made to leave memory.")]
    private partial void LogFailed(Exception exception);
}
