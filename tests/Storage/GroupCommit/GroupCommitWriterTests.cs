using GuestSessions.Core.Journal;
using GuestSessions.Storage.GroupCommit;
using GuestSessions.Storage.Memory;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.GroupCommit;

public sealed class GroupCommitWriterTests : IAsyncDisposable
{
    private readonly ObservedStore _store = new(new MemoryStore());

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_batch_holds_no_more_rows_than_its_bound()
    {
        await using var journal = await Journals.OpenAsync(_store, new GroupCommitLimits { BatchRows = 10 });

        await AppendBehindAHeldBatchAsync(journal, 25);

        Assert.Equal([1, 10, 10, 5], _store.Batches.Select(batch => batch.Count));
    }

    [Fact]
    public async Task A_batch_holds_no_more_bytes_than_its_bound_but_always_one_row()
    {
        await using var journal = await Journals.OpenAsync(_store, new GroupCommitLimits { BatchBytes = 1 });

        await AppendBehindAHeldBatchAsync(journal, 3);

        Assert.Equal([1, 1, 1, 1], _store.Batches.Select(batch => batch.Count));
    }

    [Theory]
    [InlineData(2, long.MaxValue)]
    [InlineData(int.MaxValue, 450)]
    public async Task Appends_beyond_the_bounds_are_refused_at_once_and_accepted_again_later(
        int rows, long bytes)
    {
        var limits = new GroupCommitLimits { WaitingRows = rows, WaitingBytes = bytes };
        await using var journal = await Journals.OpenAsync(_store, limits);
        var (reached, open) = _store.HoldNextWrite();
        var first = journal.AppendAsync(journal.Keyring.Entry("first", 1));
        await reached;
        var second = journal.AppendAsync(journal.Keyring.Entry("second", 1));
        var third = journal.AppendAsync(journal.Keyring.Entry("third", 1));

        var refused = journal.AppendAsync(journal.Keyring.Entry("fourth", 1));
        var wasRefusedAtOnce = refused.IsFaulted;
        open();

        Assert.True(wasRefusedAtOnce);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => refused);
        await Task.WhenAll(first, second, third);
        Assert.Equal(AppendResult.Written, await journal.AppendAsync(journal.Keyring.Entry("fourth", 1)));
    }

    [Fact]
    public async Task It_is_crowded_before_it_is_full_so_that_ingest_is_refused_before_outcomes()
    {
        await using var journal = await Journals.OpenAsync(_store, new GroupCommitLimits { WaitingRows = 5 });
        var (reached, open) = _store.HoldNextWrite();
        var appends = new List<Task> { journal.AppendAsync(journal.Keyring.Entry("first", 1)) };
        await reached;
        for (var i = 0; i < 4; i++)
            appends.Add(journal.AppendAsync(journal.Keyring.Entry($"guest-{i}", 1)));
        Assert.Equal(JournalCapacity.Free, journal.Capacity);
        appends.Add(journal.AppendAsync(journal.Keyring.Entry("fifth", 1)));
        Assert.Equal(JournalCapacity.Crowded, journal.Capacity);

        open();
        await Task.WhenAll(appends);

        Assert.Equal(JournalCapacity.Free, journal.Capacity);
    }

    [Fact]
    public async Task After_a_failure_ingest_is_refused_for_a_while_until_a_commit_succeeds()
    {
        var limits = new GroupCommitLimits { RetryAfterFailure = TimeSpan.FromDays(1) };
        await using var patient = await Journals.OpenAsync(_store, limits);
        _store.BeforeWrite = static () => Task.FromException(new IOException("No space."));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => patient.AppendAsync(patient.Keyring.Entry("guest", 1)));
        Assert.Equal(JournalCapacity.Failing, patient.Capacity);

        _store.BeforeWrite = static () => Task.CompletedTask;
        await patient.AppendAsync(patient.Keyring.Entry("guest", 1));

        Assert.Equal(JournalCapacity.Free, patient.Capacity);
    }

    [Fact]
    public async Task Of_two_activations_that_write_one_version_in_one_batch_one_is_fenced_also_when_the_answer_is_lost()
    {
        await using var journal = await Journals.OpenAsync(_store, new GroupCommitLimits());
        var (reached, open) = _store.HoldNextWrite();
        var earlier = journal.AppendAsync(journal.Keyring.Entry("earlier", 1));
        await reached;
        var first = journal.AppendAsync(journal.Keyring.Entry("guest", 1));
        var second = journal.AppendAsync(journal.Keyring.Entry("guest", 1));
        _store.AfterWrite = () => _store.Batches.Count == 2
            ? Task.FromException(new IOException("The connection is gone."))
            : Task.CompletedTask;
        open();

        Assert.Equal(
            [AppendResult.Written, AppendResult.Written, AppendResult.Fenced], await Task.WhenAll(earlier, first, second));
    }

    [Fact]
    public async Task A_caller_that_stops_waiting_affects_no_other_and_its_row_is_dropped()
    {
        await using var journal = await Journals.OpenAsync(_store);
        using var impatient = new CancellationTokenSource();
        var (reached, open) = _store.HoldNextWrite();
        var atTheDisk = journal.AppendAsync(journal.Keyring.Entry("at-the-disk", 1), out _, impatient.Token);
        await reached;
        var abandoned = journal.AppendAsync(journal.Keyring.Entry("abandoned", 1), out _, impatient.Token);
        var patient = journal.AppendAsync(journal.Keyring.Entry("patient", 1));

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => atTheDisk);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        open();

        Assert.Equal(AppendResult.Written, await patient);
        Assert.Equal([1], await journal.VersionsAsync("at-the-disk"));
        Assert.Empty(await journal.VersionsAsync("abandoned"));
    }

    [Fact]
    public async Task It_cannot_start_on_the_scheduler_of_a_grain()
    {
        var journal = new Journal(
            _store, TimeProvider.System, new TestMeters(),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Journal>.Instance);
        using var inside = new CancellationTokenSource();

        // Any scheduler other than the default represents that of a grain.
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var opening = await Task.Factory.StartNew(
            () => journal.OpenAsync(CancellationToken.None),
            inside.Token,
            TaskCreationOptions.None,
            scheduler);

        await Assert.ThrowsAsync<InvalidOperationException>(() => opening);
    }

    [Fact]
    public void In_a_single_threaded_context_everything_runs_there_in_the_same_order_every_time()
    {
        Assert.Equal(SingleThread.Run(TraceAsync), SingleThread.Run(TraceAsync));

        static async Task<string> TraceAsync()
        {
            var thread = Environment.CurrentManagedThreadId;
            var trace = new List<string>();
            var store = new ObservedStore(new MemoryStore(new byte[32]));
            store.BeforeWrite = async () => await Task.Yield();
            var journal = await Journals.OpenAsync(store);
            using var cancellation = new CancellationTokenSource();
            await Task.WhenAll(Enumerable.Range(0, 30).Select(async i =>
            {
                for (var version = 1; version <= 3; version++)
                {
                    var entry = journal.Keyring.Entry($"guest-{i}", version);
                    await Task.Yield();
                    trace.Add($"{i}:{version}:{await journal.AppendAsync(entry, out _, cancellation.Token)}");
                    Assert.Equal(thread, Environment.CurrentManagedThreadId);
                }
            }));
            await journal.DisposeAsync();
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            return string.Join(' ', trace) + string.Join(' ', store.Batches.Select(batch => batch.Count));
        }
    }

    private async Task AppendBehindAHeldBatchAsync(Journal journal, int rows)
    {
        var (reached, open) = _store.HoldNextWrite();
        var first = journal.AppendAsync(journal.Keyring.Entry("first", 1));
        await reached;
        var appends = Enumerable.Range(0, rows)
            .Select(i => journal.AppendAsync(journal.Keyring.Entry($"guest-{i}", 1))).ToList();
        open();
        await first;
        await Task.WhenAll(appends);
    }
}
