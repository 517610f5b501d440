using GuestSessions.Core.Journal;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_commit_on_top_of_the_last_one_is_written()
    {
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(Keyring.Entry("anna", 1)));
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(Keyring.Entry("anna", 2)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_commit_on_top_of_any_other_version_is_fenced_and_leaves_no_trace(long version)
    {
        var term = SearchTerm.BrowserId("b");
        await _journal.FillAsync("anna", 2);

        var late = Keyring.Entry("anna", version, pending: true) with { Terms = [term] };
        Assert.Equal(AppendResult.Fenced, await _journal.AppendAsync(late));

        Assert.Equal([1, 2], await _journal.VersionsAsync("anna"));
        Assert.Empty(await _journal.ReadPendingAsync(null, 10, CancellationToken.None));
        Assert.Empty(await _journal.FindAsync(Entries.Tenant, term, null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_first_commit_that_is_not_version_1_is_fenced() =>
        Assert.Equal(AppendResult.Fenced, await _journal.AppendAsync(Keyring.Entry("anna", 2)));

    [Fact]
    public async Task When_two_activations_race_for_the_first_write_exactly_one_wins()
    {
        for (var i = 0; i < 500; i++)
        {
            var entry = Keyring.Entry($"guest-{i}", 1);
            // Both are in one batch, or in one each: that depends on timing.
            var results = await Task.WhenAll(
                Task.Run(() => _journal.AppendAsync(entry)), Task.Run(() => _journal.AppendAsync(entry)));
            Assert.Equal([AppendResult.Written, AppendResult.Fenced], results.Order());
            Assert.Equal([1], await _journal.VersionsAsync($"guest-{i}"));
        }
    }

    [Fact]
    public async Task A_conflict_of_one_guest_fails_no_other_guest_of_its_batch()
    {
        await _journal.FillAsync("conflict", 1);
        var (reached, open) = _store.HoldNextWrite();
        var first = _journal.AppendAsync(Keyring.Entry("first", 1));
        await reached;
        var guests = new[] { "anna", "conflict", "berta", "conny" };
        var appends = guests.Select(guest => _journal.AppendAsync(Keyring.Entry(guest, 1))).ToList();
        open();

        Assert.Equal(
            [AppendResult.Written, AppendResult.Fenced, AppendResult.Written, AppendResult.Written],
            await Task.WhenAll(appends));
        Assert.Equal(AppendResult.Written, await first);
        Assert.Equal(4, _store.Batches[^1].Count);
    }

    [Fact]
    public async Task Commits_that_one_guest_hands_over_together_are_written_in_their_order()
    {
        var (reached, open) = _store.HoldNextWrite();
        var first = _journal.AppendAsync(Keyring.Entry("first", 1));
        await reached;
        var appends = Enumerable.Range(1, 20)
            .Select(v => _journal.AppendAsync(Keyring.Entry("anna", v))).ToList();
        open();

        await first;
        Assert.All(await Task.WhenAll(appends), result => Assert.Equal(AppendResult.Written, result));
        Assert.Equal(20, _store.Batches[^1].Count);
    }

    [Fact]
    public async Task A_commit_that_was_decided_on_top_of_a_fenced_one_is_fenced_with_it()
    {
        // Another activation wrote version 2. By its number alone, a stale version 3 would fit on top of it.
        await _journal.FillAsync("anna", 2);
        var results = await _store.WriteAsync(
            [Entries.Row(Key("anna"), 2), Entries.Row(Key("anna"), 3)], commit: 7);

        Assert.Equal([AppendResult.Fenced, AppendResult.Fenced], results);
        Assert.Equal([1, 2], await _journal.VersionsAsync("anna"));
    }

    [Fact]
    public async Task Reading_back_distinguishes_the_rows_of_one_commit_from_those_of_another()
    {
        await _journal.FillAsync("anna", 1);
        JournalRow[] rows = [Entries.Row(Key("anna"), 1), Entries.Row(Key("berta"), 1)];
        await _store.WriteAsync(rows, commit: 7);

        Assert.Equal([false, true], await _store.ReadBackAsync(rows, commit: 7));
        Assert.Equal([false, false], await _store.ReadBackAsync(rows, commit: 8));
    }
}
