using GuestSessions.Core;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Tests;

/// <summary>When a guest's committer takes snapshots, and what it takes for saved.</summary>
public sealed class SnapshotTests
{
    private readonly Fixture _one = new(inFlight: 0);

    private FakeJournal Journal => _one.Journal;

    [Fact]
    public void A_snapshot_is_taken_after_so_many_commits()
    {
        var one = new Fixture(new SessionLimits { CommitsPerSnapshot = 3 }, inFlight: 0);
        for (var number = 0; number < 7; number++)
        {
            _ = one.Record($"e{number}");
            one.Journal.Finish();
        }

        Assert.Equal([3L, 6L], one.Journal.Snapshots.Select(snapshot => snapshot.Version));
    }

    [Fact]
    public async Task A_snapshot_holds_nothing_that_its_version_does_not()
    {
        _ = _one.Record("a");
        Journal.Finish();
        _ = _one.Record("b");
        _ = _one.Record("c");
        var saving = _one.Guest.SaveSnapshotAsync();
        Journal.Finish();
        Journal.Finish();
        await saving;

        // One event a commit here.
        var snapshot = Assert.Single(Journal.Snapshots);
        Assert.Equal(snapshot.Version, snapshot.LastSequence);
    }

    [Fact]
    public async Task A_guest_that_was_replayed_can_be_snapshotted_although_it_writes_nothing_more()
    {
        var one = new Fixture(inFlight: 0, state: new StoredSession(null,
            [new JournalCommit(1, _one.Time.GetUtcNow(), [new GuestOpened("cust-42", _one.Time.GetUtcNow())])]));
        await one.Guest.SaveSnapshotAsync();
        await one.Guest.SaveSnapshotAsync();

        Assert.Equal(1, Assert.Single(one.Journal.Snapshots).Version);
    }

    [Fact]
    public async Task A_snapshot_that_the_journal_did_not_accept_is_still_to_be_saved()
    {
        var one = new Fixture(new SessionLimits { CommitsPerSnapshot = 2 }, inFlight: 0);
        one.Journal.AcceptsSnapshots = false;
        foreach (var id in (string[])["a", "b", "c"])
        {
            _ = one.Record(id);
            one.Journal.Finish();
        }

        Assert.Single(one.Journal.Snapshots);
        one.Journal.Snapshots.Clear();
        await one.Guest.SaveSnapshotAsync();

        Assert.Equal(3, Assert.Single(one.Journal.Snapshots).Version);
    }

    [Fact]
    public async Task A_snapshot_that_the_journal_refused_at_the_same_version_is_still_to_be_saved()
    {
        var one = new Fixture(new SessionLimits { CommitsPerSnapshot = 2 }, inFlight: 0);
        one.Journal.AcceptsSnapshots = false;
        foreach (var id in (string[])["a", "b"])
        {
            _ = one.Record(id);
            one.Journal.Finish();
        }

        one.Journal.Snapshots.Clear();
        await one.Guest.SaveSnapshotAsync();

        Assert.Equal(2, Assert.Single(one.Journal.Snapshots).Version);
    }

    [Fact]
    public async Task A_guest_that_leaves_memory_leaves_a_snapshot_only_when_it_spares_a_long_replay()
    {
        var one = new Fixture(SessionLimits.Default with { CommitsPerIdleSnapshot = 3 }, inFlight: 0);
        for (var number = 1; number <= 3; number++)
        {
            await one.Guest.LeaveAsync();
            Assert.Empty(one.Journal.Snapshots);
            _ = one.Record($"e{number}");
            var leaving = one.Guest.LeaveAsync();
            Assert.Empty(one.Journal.Snapshots); // At the disk: memory is ahead of the journal.
            one.Journal.Finish();
            await leaving;
        }

        await one.Guest.LeaveAsync();
        Assert.Equal(3, Assert.Single(one.Journal.Snapshots).Version);
    }
}
