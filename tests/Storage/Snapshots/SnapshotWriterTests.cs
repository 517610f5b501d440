using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Memory;
using GuestSessions.Storage.Snapshots;
using GuestSessions.Storage.Tests.Kit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Storage.Tests.Snapshots;

public sealed class SnapshotWriterTests : IAsyncDisposable
{
    private static readonly SnapshotLimits Limits = new() { BatchRows = 50, WaitingRows = 200, WaitingBytes = 100_000 };

    private readonly ObservedStore _store = new(new MemoryStore());
    private readonly FakeTimeProvider _time = new();
    private readonly Lines _log = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Snapshots_of_many_guests_share_few_transactions()
    {
        await using (var writer = Start())
        {
            for (var guest = 1; guest <= 200; guest++)
                Assert.True(writer.Offer(Row(guest)));
        }

        Assert.Equal(200, _store.Snapshots.Sum(static batch => batch.Count));
        Assert.InRange(_store.Snapshots.Count, 4, 6); // The first batch starts at once, however few snapshots it has.
        Assert.All(_store.Snapshots, static batch =>
            Assert.Equal(batch.Select(static row => row.Guest).Order(), batch.Select(static row => row.Guest)));
        Assert.Empty(_log.Written);
    }

    [Fact]
    public async Task Snapshots_beyond_the_bound_are_skipped_at_once_and_logged_with_their_count_once_a_minute()
    {
        var (reached, open) = _store.HoldNextSnapshots();
        await using var writer = Start();
        Assert.True(writer.Offer(Row(1)));
        await reached;

        var taken = Enumerable.Range(2, 50_000).Count(guest => writer.Offer(Row(guest)));

        Assert.Equal(200, taken); // Beside the one that the store is writing.
        Assert.StartsWith("1 snapshots were skipped", Assert.Single(_log.Written), StringComparison.Ordinal);
        _time.Advance(SnapshotWriter.LogInterval);
        Assert.False(writer.Offer(Row(60_000)));
        Assert.Equal(2, _log.Written.Count);
        Assert.StartsWith("49800 snapshots were skipped", _log.Written[1], StringComparison.Ordinal);
        open();
    }

    [Fact]
    public async Task The_bytes_of_waiting_snapshots_are_bounded_too()
    {
        var (reached, open) = _store.HoldNextSnapshots();
        await using var writer = Start();
        Assert.True(writer.Offer(Row(1, size: 60_000)));
        await reached;

        Assert.True(writer.Offer(Row(2, size: 60_000)));
        Assert.False(writer.Offer(Row(3, size: 60_000)));
        open();
    }

    [Fact]
    public async Task A_failing_store_loses_the_batch_and_later_snapshots_are_written()
    {
        _store.FailSnapshots = true;
        await using var writer = Start();
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => writer.WriteAsync(Row(1), CancellationToken.None));
        Assert.True(writer.Offer(Row(2)));

        _store.FailSnapshots = false;
        await RestAsync(writer.WriteAsync(Row(3), CancellationToken.None));

        Assert.Single(_log.Written);
    }

    [Fact]
    public async Task After_a_batch_the_writer_rests_for_three_times_as_long()
    {
        _store.BeforeSnapshots = () => _time.Advance(TimeSpan.FromSeconds(1));
        await using var writer = Start();
        await writer.WriteAsync(Row(1), CancellationToken.None);
        var next = writer.WriteAsync(Row(2), CancellationToken.None);

        _time.Advance(TimeSpan.FromMilliseconds(2_900));
        Assert.False(next.IsCompleted);
        Assert.Single(_store.Snapshots);
        await RestAsync(next);

        Assert.Equal(2, _store.Snapshots.Count);
    }

    [Fact]
    public async Task Of_two_snapshots_of_a_guest_in_one_batch_the_newer_stays()
    {
        var (reached, open) = _store.HoldNextSnapshots();
        await using (var writer = Start())
        {
            writer.Offer(Row(1));
            await reached;
            writer.Offer(Row(7, version: 2));
            writer.Offer(Row(7, version: 1));
            open();
        }

        Assert.Equal([2], _store.Snapshots[^1].Select(static row => row.Snapshot.Version));
    }

    private SnapshotWriter Start()
    {
        var writer = new SnapshotWriter(_store.Journal, Limits, _time, _log);
        writer.Start();
        return writer;
    }

    /// <summary>Advances the clock until the rest of the writer is over.</summary>
    private async Task RestAsync(Task until)
    {
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(until.IsCompleted);
        }, what: "the rest is over");
        await until;
    }

    private static SnapshotRow Row(int guest, long version = 1, int size = 10) =>
        new(new GuestKey("demo", (UInt128)guest), new StoredSnapshot(version, 1, new byte[size]));

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (Written)
                Written.Add(formatter(state, exception));
        }
    }
}
