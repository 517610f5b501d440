using GuestSessions.Core.Journal;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Commits_that_wait_while_a_batch_is_written_share_the_next_one_in_key_order()
    {
        var (reached, open) = _store.HoldNextWrite();
        var first = _journal.AppendAsync(Keyring.Entry("first", 1));
        await reached;
        var appends = Enumerable.Range(0, 100)
            .Select(i => _journal.AppendAsync(Keyring.Entry($"guest-{i}", 1))).ToList();
        open();
        await first;
        await Task.WhenAll(appends);

        Assert.Equal(2, _store.Batches.Count);
        Assert.Equal(100, _store.Batches[1].Count);
        Assert.Equal(_store.Batches[1].OrderBy(row => row.Guest), _store.Batches[1]);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_read_back_row_by_row()
    {
        await _journal.FillAsync("conflict", 1);
        var (reached, open) = _store.HoldNextWrite();
        var first = _journal.AppendAsync(Keyring.Entry("first", 1));
        await reached;
        var written = _journal.AppendAsync(Keyring.Entry("anna", 1));
        var fenced = _journal.AppendAsync(Keyring.Entry("conflict", 1));
        _store.AfterWrite = () => throw new IOException("The answer was lost.");
        open();

        Assert.Equal(AppendResult.Written, await first);
        Assert.Equal(AppendResult.Written, await written);
        Assert.Equal(AppendResult.Fenced, await fenced);
    }

    [Fact]
    public async Task A_commit_that_did_not_happen_fails_and_the_guest_continues_after_replay()
    {
        _store.BeforeWrite = () => throw new IOException("No space left.");
        var failure = await Assert.ThrowsAsync<JournalUnavailableException>(
            () => _journal.AppendAsync(Keyring.Entry("anna", 1)));
        Assert.IsType<IOException>(failure.InnerException);

        _store.BeforeWrite = () => Task.CompletedTask;
        Assert.Empty((await _journal.LoadAsync("anna")).Commits);
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(Keyring.Entry("anna", 1)));
    }

    [Fact]
    public async Task A_commit_that_cannot_be_read_back_fails_although_it_happened()
    {
        _store.AfterWrite = () => throw new IOException("The answer was lost.");
        _store.BeforeReadBack = () => throw new IOException("Still gone.");

        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => _journal.AppendAsync(Keyring.Entry("anna", 1)));

        Assert.Equal([1], await _journal.VersionsAsync("anna"));
    }

    [Fact]
    public async Task A_batch_in_which_every_row_was_fenced_fails_when_its_answer_was_lost()
    {
        await _journal.FillAsync("anna", 1);
        _store.AfterWrite = () => throw new IOException("The answer was lost.");

        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => _journal.AppendAsync(Keyring.Entry("anna", 1)));
    }

    [Fact]
    public async Task A_closed_journal_refuses()
    {
        var entry = Keyring.Entry("anna", 1);
        await _journal.DisposeAsync();

        await Assert.ThrowsAsync<JournalUnavailableException>(() => _journal.AppendAsync(entry));
    }

    [Fact]
    public async Task Closing_writes_the_waiting_commits()
    {
        var (reached, open) = _store.HoldNextWrite();
        var first = _journal.AppendAsync(Keyring.Entry("first", 1));
        await reached;
        var second = _journal.AppendAsync(Keyring.Entry("second", 1));
        var closing = _journal.DisposeAsync();
        open();
        await closing;

        Assert.Equal([AppendResult.Written, AppendResult.Written], await Task.WhenAll(first, second));
    }
}
