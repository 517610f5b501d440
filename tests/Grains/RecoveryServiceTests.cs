using System.Collections.Concurrent;
using System.Net;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Memory;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Recovery;
using GuestSessions.Grains.Telemetry;
using GuestSessions.TestDoubles;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;

namespace GuestSessions.Grains.Tests;

/// <summary>Sweeps that memory stops go on soon, and miss nobody.</summary>
public sealed class RecoveryServiceTests : IDisposable
{
    private const int Page = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeJournal _journal = new();
    private readonly SwitchedMemory _memory = new();
    private readonly SignalledCluster _cluster = new();
    private readonly ConcurrentQueue<string> _reached = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task A_sweep_that_memory_stops_at_its_first_page_goes_on_a_second_later()
    {
        var anna = new GuestKey("demo", 1);
        _journal.Pending.Add(anna);
        _memory.Level = MemoryLevel.Tight;
        using var recovery = await StartAsync();
        Assert.Empty(_reached);
        _memory.Level = MemoryLevel.Free;

        _time.Advance(TimeSpan.FromSeconds(1));

        await _cluster.WaitedForAsync();
        Assert.Equal([anna.ToString()], _reached);
        await recovery.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task When_a_silo_leaves_a_sweep_that_memory_stopped_on_the_way_begins_anew()
    {
        _journal.Pending.AddRange(Enumerable.Range(1, Page + 1).Select(static guest => new GuestKey("demo", (ulong)guest)));
        using var recovery = await StartAsync(tightAfter: Page);
        Assert.Equal(Page, _reached.Count);
        _memory.Level = MemoryLevel.Free;

        _cluster.Change();

        await _cluster.WaitedForAsync();
        Assert.Equal(Page + Page + 1, _reached.Count);
        Assert.Equal(2, _reached.Count(key => key == _journal.Pending[0].ToString()));
        await recovery.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Every_interval_guests_delivered_a_minute_ago_leave_the_index_also_while_memory_stops_the_sweeps()
    {
        _memory.Level = MemoryLevel.Tight;
        var started = _time.GetUtcNow();
        using var recovery = await StartAsync();
        for (var second = 1; second <= 120; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await _cluster.WaitedForAsync();
        }

        Assert.Equal(
            [started - TimeSpan.FromMinutes(1), started, started + TimeSpan.FromMinutes(1)], _journal.Tidied);
        await recovery.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task When_the_pending_guests_cannot_be_read_the_index_is_tidied_all_the_same()
    {
        _journal.PendingFault = new TimeoutException("The index has too many guests.");
        using var recovery = await StartAsync();

        Assert.Single(_journal.Tidied);
        await recovery.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task When_the_index_cannot_be_tidied_sweeps_go_on_and_it_is_tried_again()
    {
        _journal.TidyFault = new TimeoutException("The store is busy.");
        var anna = new GuestKey("demo", 1);
        _journal.Pending.Add(anna);
        using var recovery = await StartAsync();

        _time.Advance(TimeSpan.FromMinutes(1));

        await _cluster.WaitedForAsync();
        Assert.Equal([anna.ToString(), anna.ToString()], _reached);
        Assert.Equal(2, _journal.Tidied.Count);
        await recovery.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_silo_that_does_not_lead_leaves_the_index_to_the_one_that_does()
    {
        _cluster.Share = Enumerable.Range(1, 100)
            .Select(static generation => new ClusterShare(
                [SiloAddress.New(IPAddress.Loopback, 11112, generation)], SiloAddress.New(IPAddress.Loopback, 11111, 1)))
            .First(static share => !share.Leads);
        using var recovery = await StartAsync();

        Assert.Empty(_journal.Tidied);
        await recovery.StopAsync(CancellationToken.None);
    }

    /// <summary>Returns when the first sweep is over.</summary>
    private async Task<RecoveryService> StartAsync(int tightAfter = int.MaxValue)
    {
        var options = new SessionsOptions { Tenants = { ["demo"] = new TenantOptions() } };
        var recovery = new RecoveryService(
            _journal, GrainsProxy.Over(key => new ReachedGuest(() =>
            {
                _reached.Enqueue(key);
                if (_reached.Count == tightAfter)
                    _memory.Level = MemoryLevel.Tight;
            })),
            _cluster, _memory, Microsoft.Extensions.Options.Options.Create(options),
            new SessionInstruments(NoMeters.Instance), _time, NullLogger<RecoveryService>.Instance);
        await recovery.StartAsync(CancellationToken.None);
        await _cluster.WaitedForAsync();
        return recovery;
    }

    private sealed class SwitchedMemory : IMemoryLevel
    {
        private volatile MemoryLevel _level;

        public MemoryLevel Level
        {
            get => _level;
            set => _level = value;
        }
    }

    /// <summary>A cluster of one that changes when the test says so.</summary>
    private sealed class SignalledCluster : IMembershipWatch, IDisposable
    {
        private readonly SemaphoreSlim _changed = new(0);
        private readonly SemaphoreSlim _waited = new(0);

        public ClusterShare Share { get; set; } = new([], SiloAddress.New(IPAddress.Loopback, 11111, 1));

        public Task ChangedAsync(CancellationToken cancellation)
        {
            _waited.Release();
            return _changed.WaitAsync(cancellation);
        }

        public void Change() => _changed.Release();

        public void Dispose()
        {
            _changed.Dispose();
            _waited.Dispose();
        }

        /// <summary>Until one more sweep is over.</summary>
        public async Task WaitedForAsync() => Assert.True(await _waited.WaitAsync(Patience), "No sweep ended.");
    }

    private sealed class ReachedGuest(Action reached) : IGuestDeliveryGrain
    {
        public Task ReportOutcomeAsync(OutcomeMessage outcome) => throw new NotSupportedException();
        public Task ReportBrowserIdAsync(BrowserIdMessage answer) => throw new NotSupportedException();
        public Task SnapshotAsync() => throw new NotSupportedException();

        public Task EnsureDeliveringAsync()
        {
            reached();
            return Task.CompletedTask;
        }
    }
}
