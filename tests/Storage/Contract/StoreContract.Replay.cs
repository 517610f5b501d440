using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Tests.Kit;
using GuestSessions.Storage.Snapshots;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task An_unknown_guest_has_neither_snapshot_nor_commits()
    {
        var stored = await _journal.LoadAsync("nobody");

        Assert.Null(stored.Snapshot);
        Assert.Empty(stored.Commits);
        Assert.Empty(await _journal.VersionsAsync("nobody", after: 5));
    }

    [Fact]
    public async Task Commits_come_back_in_order_with_all_their_events()
    {
        var at = Entries.Start.AddTicks(1);
        SessionEvent[] events =
            [new GuestOpened("anna", at), Entries.Recorded(1), new DeliveryStarted(1, 1, at)];
        await _journal.AppendAsync(Keyring.Entry("anna", 1) with { At = at, Events = events });
        await _journal.AppendAsync(Keyring.Entry("anna", 2));

        var commits = (await _journal.LoadAsync("anna")).Commits;

        Assert.Equal([1, 2], commits.Select(commit => commit.Version));
        Assert.Equal(at, commits[0].At);
        Assert.Equal(events, commits[0].Events);
    }

    [Fact]
    public async Task Guests_do_not_see_each_others_commits()
    {
        await _journal.FillAsync("anna", 3);
        await _journal.FillAsync("berta", 2);

        Assert.Equal([1, 2], (await _journal.LoadAsync("berta")).Commits.Select(commit => commit.Version));
    }

    [Fact]
    public async Task History_is_read_from_any_version_on_across_pages()
    {
        await _journal.FillAsync("anna", 250);

        Assert.Equal(Enumerable.Range(1, 250).Select(v => (long)v), await _journal.VersionsAsync("anna"));
        Assert.Equal([249, 250], await _journal.VersionsAsync("anna", after: 248));
        Assert.Empty(await _journal.VersionsAsync("anna", after: 250));
    }

    [Fact]
    public async Task A_load_starts_at_the_snapshot()
    {
        await _journal.FillAsync("anna", 5);
        await _journal.SaveSnapshotAsync("anna", 3);

        var stored = await _journal.LoadAsync("anna");

        Assert.Equal(3, stored.Snapshot!.Version);
        Assert.Equal([4, 5], stored.Commits.Select(commit => commit.Version));
    }

    [Fact]
    public async Task The_newer_snapshot_wins_whichever_is_saved_last()
    {
        await _journal.FillAsync("anna", 5);
        await _journal.SaveSnapshotAsync("anna", 2);
        await _journal.SaveSnapshotAsync("anna", 4);
        await _journal.SaveSnapshotAsync("anna", 3);

        Assert.Equal(4, (await _journal.LoadAsync("anna")).Snapshot!.Version);
    }

    [Theory]
    [InlineData("""[{"t":"line_flushed","at":"2026-03-01T12:0""", 1)]
    [InlineData("""[{"t":"never_heard_of","at":"2026-03-01T12:00:00+00:00"}]""", 1)]
    [InlineData("""[{"t":"line_flushed","at":"2026-03-01T12:00:00+00:00","new":1}]""", 1)]
    [InlineData("""[{"t":"line_flushed"}]""", 1)]
    [InlineData("""[{"at":"2026-03-01T12:00:00+00:00"}]""", 1)]
    [InlineData("""[{"t":"guest_opened","guest":null,"at":"2026-03-01T12:00:00+00:00"}]""", 1)]
    [InlineData("[null]", 1)]
    [InlineData("[]", 1)]
    [InlineData("null", 1)]
    [InlineData("", 1)]
    [InlineData("""[{"t":"line_flushed","at":"2026-03-01T12:00:00+00:00"}]""", 2)]
    [InlineData("""[{"t":"line_flushed","at":"2026-03-01T12:00:00+00:00"}]""", 0)]
    public async Task A_row_that_cannot_be_read_is_named_and_never_skipped(string payload, int format)
    {
        await _journal.FillAsync("anna", 1);
        var bytes = System.Text.Encoding.UTF8.GetBytes(payload);
        await _store.WriteAsync([Entries.Row(Key("anna"), 2, bytes, format)], commit: 7);
        await _journal.AppendAsync(Keyring.Entry("anna", 3));

        foreach (var read in ReadsOf("anna"))
        {
            var failure = await Assert.ThrowsAsync<JournalCorruptException>(read);
            Assert.Contains($"guest {Key("anna").HashText}, version 2, format {format}", failure.Message);
        }
    }

    [Theory]
    [InlineData("""{"version":1,"guest":"anna"}""", 1)]
    [InlineData("""{"version":9,"guest":"anna","opened_at":"2026-03-01T12:00:00+00:00","last_sequence":0,"last_session":0}""", 1)]
    [InlineData("""{"version":1,"guest":"anna","opened_at":"2026-03-01T12:00:00+00:00","last_sequence":0,"last_session":0}""", 2)]
    public async Task A_snapshot_that_cannot_be_read_is_named(string payload, int format)
    {
        await _journal.FillAsync("anna", 1);
        var snapshot = new StoredSnapshot(1, format, System.Text.Encoding.UTF8.GetBytes(payload));
        await _store.SaveSnapshotsAsync([new SnapshotRow(Key("anna"), snapshot)]);

        var failure = await Assert.ThrowsAsync<JournalCorruptException>(() => _journal.LoadAsync("anna"));

        Assert.Contains(
            $"snapshot of guest {Key("anna").HashText}, version 1, format {format}", failure.Message);
    }

    [Fact]
    public async Task A_snapshot_of_commits_that_the_head_does_not_know_is_reported()
    {
        await _journal.FillAsync("anna", 1);
        await _journal.SaveSnapshotAsync("anna", 2);

        await Assert.ThrowsAsync<JournalCorruptException>(() => _journal.LoadAsync("anna"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_commit_that_went_missing_is_reported_unless_a_snapshot_covers_it(long lost)
    {
        await _journal.FillAsync("anna", 5);
        await _journal.SaveSnapshotAsync("anna", 2);
        _store.Lost.UnionWith([1, 2, lost]);

        foreach (var read in ReadsOf("anna"))
        {
            var failure = await Assert.ThrowsAsync<JournalCorruptException>(read);
            Assert.Contains($"guest {Key("anna").HashText} lacks version {lost}", failure.Message);
        }

        _store.Lost.Remove(lost);
        Assert.Equal([3, 4, 5], await _journal.VersionsAsync("anna"));
    }

    private Func<Task>[] ReadsOf(string guest) =>
        [() => _journal.LoadAsync(guest), () => _journal.VersionsAsync(guest)];
}
