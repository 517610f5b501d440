using System.Runtime.CompilerServices;
using GuestSessions.Core.Memory;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests.Memory;

/// <summary>Runs by itself: a full collection that another test causes would be taken for the keeper's.</summary>
[CollectionDefinition(nameof(MemoryKeeperTests), DisableParallelization = true)]
[Collection(nameof(MemoryKeeperTests))]
public sealed class MemoryKeeperTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task After_many_guests_left_their_memory_is_collected_although_the_runtime_collected_before_they_left()
    {
        var guests = new GuestRegister(_time, NullLogger<GuestRegister>.Instance);
        var inUse = new byte[200 * 1024 * 1024]; // So much that nothing goes back to the system.
        var remains = LongLived();
        for (var number = 0; number < 5_000; number++)
            guests.Leave(guests.Enter(new Left()));
        var gauge = new MemoryGauge(new MemoryOptions(), _time, static () => new MemoryReading(Used: 1, Limit: 1_000_000_000));
        using var keeper = new MemoryKeeper(gauge, guests, _time, NullLogger<MemoryKeeper>.Instance);
        await keeper.StartAsync(CancellationToken.None);

        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(250));
                return !remains.IsAlive;
            },
            TimeSpan.FromSeconds(20), "the guests' memory is collected");

        await keeper.StopAsync(CancellationToken.None);
        GC.KeepAlive(inUse);
    }

    /// <summary>Something that only a full collection takes away.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LongLived()
    {
        var something = new object();
        GC.Collect();
        GC.Collect();
        Assert.Equal(GC.MaxGeneration, GC.GetGeneration(something));
        return new WeakReference(something);
    }

    private sealed class Left : IResident
    {
        public TaskScheduler Home => TaskScheduler.Default;

        public bool WasUsed { get; set; }

        public bool TryLeave(bool isWaitingToo) => true;
    }
}
