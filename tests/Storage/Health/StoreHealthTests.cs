using GuestSessions.Core.Journal;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Storage.Tests.Health;

public sealed class StoreHealthTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeStore _store = new();
    private readonly StoreHealth _health;

    public StoreHealthTests() =>
        _health = new StoreHealth(_store, _store, _store, _time, NullLogger<StoreHealth>.Instance);

    [Fact]
    public async Task A_store_that_does_not_answer_is_unavailable_in_time_and_is_probed_once_however_many_callers_ask()
    {
        _store.Answer = new TaskCompletionSource();

        var asked = Enumerable.Range(0, 100).Select(_ => _health.CheckAsync()).ToList();
        _time.Advance(StoreHealth.Patience);

        Assert.All(await Task.WhenAll(asked), static state => Assert.Equal(StoreState.Unavailable, state));
        Assert.Equal(1, _store.Probes);
    }

    [Fact]
    public async Task A_result_is_reused_for_a_fifth_of_a_second_and_no_longer()
    {
        Assert.Equal(StoreState.TakesWrites, await _health.CheckAsync());
        _store.Failure = new IOException("gone");
        Assert.Equal(StoreState.TakesWrites, await _health.CheckAsync());

        _time.Advance(StoreHealth.Freshness);

        Assert.Equal(StoreState.Unavailable, await _health.CheckAsync());
    }

    [Fact]
    public async Task After_a_failure_only_a_written_row_shows_that_the_store_works_again()
    {
        _store.Failure = new IOException("gone");
        Assert.Equal(StoreState.Unavailable, await _health.CheckAsync());
        Assert.Equal(0, _store.Written);
        _store.Failure = null;
        _time.Advance(StoreHealth.Freshness);

        Assert.Equal(StoreState.TakesWrites, await _health.CheckAsync());
        _time.Advance(StoreHealth.Freshness);
        Assert.Equal(StoreState.TakesWrites, await _health.CheckAsync());

        Assert.Equal(1, _store.Written);
    }

    [Fact]
    public async Task A_store_that_is_low_on_space_still_serves_reads()
    {
        _store.Capacity = JournalCapacity.Full;
        Assert.Equal(StoreState.LowOnSpace, await _health.CheckAsync());
    }

    [Fact]
    public async Task A_store_that_takes_the_row_of_a_probe_while_commits_fail_is_not_healthy()
    {
        _store.Capacity = JournalCapacity.Failing;
        Assert.Equal(StoreState.LowOnSpace, await _health.CheckAsync());
        Assert.Equal(1, _store.Written);

        _store.Capacity = JournalCapacity.Free;
        _time.Advance(StoreHealth.Freshness);
        Assert.Equal(StoreState.TakesWrites, await _health.CheckAsync());
    }

    private sealed class FakeStore : IStoreProbe, ITenantRows, IJournalCapacity
    {
        public TaskCompletionSource? Answer { get; set; }
        public Exception? Failure { get; set; }
        public JournalCapacity Capacity { get; set; }
        public int Probes { get; private set; }
        public int Written { get; private set; }

        public Task ProbeAsync()
        {
            Probes++;
            return Failure is { } failure ? Task.FromException(failure) : Answer?.Task ?? Task.CompletedTask;
        }

        public Task<byte[]?> ReadAsync(string tenant, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task SaveAsync(string tenant, byte[] payload, CancellationToken cancellation)
        {
            Written++;
            return Task.CompletedTask;
        }
    }
}
