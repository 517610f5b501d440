using GuestSessions.Core.Delivery;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

/// <summary>A commit about deliveries alone is kept on the head, until a row takes it in.</summary>
public abstract partial class StoreContract
{
    private byte[] _kept = [];

    [Fact]
    public async Task A_delivery_gets_no_row_and_is_read_like_every_commit()
    {
        await AppendAsync(1, Entries.Recorded(1));
        await AppendAsync(2, Delivered(1));

        Assert.Single(await RowsAsync());
        Assert.Equal([1, 2], await _journal.VersionsAsync("anna"));
        var stored = await _journal.LoadAsync("anna");
        Assert.Equal([1, 2], stored.Commits.Select(static commit => commit.Version));
        Assert.Equal(Delivered(1), Assert.Single(stored.Commits[1].Events));
        Assert.Equal(Entries.Start.AddSeconds(2), stored.Commits[1].At);
    }

    [Fact]
    public async Task The_next_row_takes_in_what_the_head_kept()
    {
        await AppendAsync(1, Entries.Recorded(1));
        await AppendAsync(2, Delivered(1));
        await AppendAsync(3, Entries.Recorded(2));

        Assert.Equal([1, 3], (await RowsAsync()).Select(static row => row.Version));
        var commits = (await _journal.LoadAsync("anna")).Commits;
        Assert.Equal([1, 2, 3], commits.Select(static commit => commit.Version));
        Assert.Equal(
            [1, 2, 3], commits.Select(static commit => (int)(commit.At - Entries.Start).TotalSeconds));
        Assert.Equal(Delivered(1), Assert.Single(commits[1].Events));
    }

    [Fact]
    public async Task A_head_keeps_a_few_commits_and_none_is_lost()
    {
        for (var version = 1; version <= 30; version++)
            await AppendAsync(version, version % 10 == 1 ? Entries.Recorded(version) : Delivered(version));

        Assert.InRange((await RowsAsync()).Count, 4, 12);
        Assert.Equal(Enumerable.Range(1, 30).Select(static version => (long)version), await _journal.VersionsAsync("anna"));
        Assert.Equal([7, 8, 9], await VersionsAsync("anna", new VersionSpan(6, 9)));
        Assert.Equal([29, 30], await VersionsAsync("anna", new VersionSpan(28, 30)));
    }

    [Fact]
    public async Task A_long_answer_is_not_kept_on_the_head()
    {
        await AppendAsync(1, Entries.Recorded(1));
        await AppendAsync(2, Delivered(1, answer: new string('a', 1_000)));

        Assert.Equal(2, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task A_commit_that_a_list_or_a_search_shows_is_not_kept_on_the_head()
    {
        await AppendAsync(1, Entries.Recorded(1));
        foreach (var entry in new[]
        {
            Entry(2, Delivered(1)) with { LateChanges = [1] },
            Entry(3, Delivered(1)) with { Terms = [SearchTerm.BrowserId("b")] },
            Entry(4, Delivered(1)) with { Lists = new ListChanges { Asides = [new AsideChange(1, null)] } },
        })
            await _journal.AppendAsync(entry);

        Assert.Equal(4, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task A_kept_commit_stays_readable_when_a_snapshot_covers_it()
    {
        await AppendAsync(1, Entries.Recorded(1));
        await AppendAsync(2, Delivered(1));
        await _journal.SaveSnapshotAsync("anna", 2);

        var stored = await _journal.LoadAsync("anna");
        Assert.Empty(stored.Commits);
        Assert.Equal(_kept, stored.Kept);
        await AppendAsync(3, Entries.Recorded(2));

        Assert.Equal([1, 2, 3], await _journal.VersionsAsync("anna"));
        Assert.Equal([3], (await _journal.LoadAsync("anna")).Commits.Select(static commit => commit.Version));
    }

    [Fact]
    public async Task The_head_moves_and_fences_with_a_kept_commit()
    {
        await AppendAsync(1, Entries.Recorded(1));
        await AppendAsync(2, Delivered(1));

        Assert.Equal(AppendResult.Fenced, await _journal.AppendAsync(Entry(2, Delivered(1))));
        Assert.Equal(AppendResult.Fenced, await _journal.AppendAsync(Entry(2, Entries.Recorded(2))));
        Assert.Equal([1, 2], await _journal.VersionsAsync("anna"));
    }

    [Fact]
    public async Task A_row_that_was_made_without_a_kept_commit_never_displaces_it()
    {
        await AppendAsync(1, Entries.Recorded(1));
        var (reached, open) = _store.HoldNextWrite();
        var other = _journal.AppendAsync(Keyring.Entry("berta", 1));
        await reached;
        var delivered = _journal.AppendAsync(Entry(2, Delivered(1)));
        var stale = _journal.AppendAsync(Entry(3, Entries.Recorded(2)));
        open();

        Assert.Equal(
            [AppendResult.Written, AppendResult.Written, AppendResult.Fenced],
            await Task.WhenAll(other, delivered, stale));
        Assert.Equal([1, 2], await _journal.VersionsAsync("anna"));
    }

    [Fact]
    public async Task Reading_back_recognises_a_kept_commit_by_its_batch()
    {
        await AppendAsync(1, Entries.Recorded(1));
        await AppendAsync(2, Delivered(1));
        JournalRow[] kept = [_store.Batches[^1].Single()];

        Assert.Equal([AppendResult.Fenced], await _store.WriteAsync(kept, commit: 7));
        Assert.Equal([false], await _store.ReadBackAsync(kept, commit: 7));
        JournalRow[] next = [kept[0] with { Entry = kept[0].Entry with { Version = 3 } }];
        Assert.Equal([AppendResult.Written], await _store.WriteAsync(next, commit: 8));
        Assert.Equal([true], await _store.ReadBackAsync(next, commit: 8));
        Assert.Equal([false], await _store.ReadBackAsync(next, commit: 9));
    }

    [Fact]
    public async Task An_event_is_traced_to_its_delivery_on_the_head_and_in_a_row()
    {
        await AppendAsync(1, new CommitPosition(1, 1, 0), Entries.Recorded(1));
        await AppendAsync(2, new CommitPosition(1, 1, 1), Delivered(1));
        Assert.Equal([1, 2], await SpannedAsync(await TraceAsync("anna", 1, 1)));

        var early = await TraceAsync("anna", 1, 1);
        await AppendAsync(3, new CommitPosition(2, 2, 1), Entries.Recorded(2));

        Assert.Equal([1, 2, 3], await SpannedAsync(await TraceAsync("anna", 1, 1)));
        Assert.Equal([1, 2], await SpannedAsync(early));
    }

    [Fact]
    public async Task A_commit_is_rewritten_in_the_row_that_took_it_in_and_its_neighbours_stay()
    {
        await AppendAsync(1, Entries.Recorded(1));
        await AppendAsync(2, Delivered(1));
        await AppendAsync(3, Delivered(2));
        await AppendAsync(4, Entries.Recorded(2));
        var before = (await _journal.LoadAsync("anna")).Commits;

        await _journal.RewriteAsync(
            Key("anna"), [before[3] with { Events = [Entries.Recorded(9)] }, before[1] with { Events = [Delivered(7)] }],
            CancellationToken.None);

        var after = (await _journal.LoadAsync("anna")).Commits;
        Assert.Equal(before.Select(static commit => (commit.Version, commit.At)), after.Select(static commit => (commit.Version, commit.At)));
        Assert.Equal<SessionEvent>(
            [Entries.Recorded(1), Delivered(7), Delivered(2), Entries.Recorded(9)],
            after.Select(static commit => commit.Events.Single()));
    }

    [Fact]
    public async Task Erasing_a_guest_clears_what_its_head_keeps()
    {
        await AppendAsync(1, Entries.Recorded(1));
        await AppendAsync(2, Delivered(1));
        Assert.True(await Erasures.EraseAsync(Tombstone(Key("anna"), version: 2), CancellationToken.None));

        var stored = await _journal.LoadAsync("anna");
        Assert.True(stored.IsErased);
        Assert.Empty(stored.Kept);
        Assert.Empty(stored.Commits);
    }

    [Fact]
    public async Task Old_kept_commits_are_deleted_once_a_snapshot_covers_them()
    {
        await AppendAsync(1, Entries.Recorded(1));
        await AppendAsync(2, Delivered(1));
        await _journal.FillAsync("berta", 1);
        await _journal.SaveSnapshotAsync("berta", 1);
        await _journal.DeleteExpiredAsync(Horizon, 100, CancellationToken.None);
        Assert.Equal([1, 2], await _journal.VersionsAsync("anna"));

        await _journal.SaveSnapshotAsync("anna", 2);
        await _journal.DeleteExpiredAsync(Horizon, 100, CancellationToken.None);

        Assert.Empty(await _journal.VersionsAsync("anna"));
        Assert.Empty((await _journal.LoadAsync("anna")).Kept);
    }

    private async Task AppendAsync(long version, CommitPosition position, params SessionEvent[] events)
    {
        var entry = Entry(version, events) with { Position = position };
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(entry, out var kept, CancellationToken.None));
        _kept = kept;
    }

    private Task AppendAsync(long version, params SessionEvent[] events) => AppendAsync(version, default, events);

    private JournalEntry Entry(long version, params SessionEvent[] events) =>
        Keyring.Entry("anna", version) with { Events = events, Kept = _kept };

    private async Task<IReadOnlyList<StoredRow>> RowsAsync() =>
        (await _store.ReadAsync(Key("anna"), 0, 100, CancellationToken.None)).Rows;

    private async Task<List<long>> SpannedAsync(HistoryTrace trace)
    {
        SortedSet<long> versions = [];
        foreach (var span in trace.Spans)
            versions.UnionWith(await VersionsAsync("anna", span));
        return [.. versions];
    }

    private static EventDelivered Delivered(long sequence, string? answer = null) => new(sequence, 1, new AttemptResult(
        AttemptOutcome.Delivered, Entries.Start, TimeSpan.FromMilliseconds(3), 201, "r-1", answer));
}
