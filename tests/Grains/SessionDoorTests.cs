using GuestSessions.Core;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains.Tests;

public sealed class SessionDoorTests
{
    private readonly Fixture _one = new(withDelivery: false);

    private FakeJournal Journal => _one.Journal;

    [Fact]
    public async Task Nothing_is_acknowledged_before_its_commit_is_durable()
    {
        var answer = _one.Record("a");
        Assert.False(answer.IsCompleted);

        Journal.Finish();

        Assert.Equal(RecordVerdict.Accepted, (await answer).Verdict);
    }

    [Fact]
    public async Task Commands_that_come_during_a_commit_go_together_in_the_next()
    {
        var first = _one.Record("a");
        var others = Enumerable.Range(0, 10).Select(number => _one.Record($"b{number}")).ToList();
        Assert.Single(Journal.Appended);
        Journal.Finish();
        Assert.Equal(2, Journal.Appended.Count);
        Assert.Equal(10, Journal.Appended[1].Events.OfType<EventRecorded>().Count());
        Assert.DoesNotContain(others, answer => answer.IsCompleted);
        Journal.Finish();

        await Task.WhenAll(others.Append(first));
        Assert.Equal(Enumerable.Range(2, 10), others.Select(answer => (int)answer.Result.Sequence));
    }

    [Fact]
    public async Task A_duplicate_of_an_event_in_flight_waits_for_that_commit()
    {
        var first = _one.Record("a");
        var again = _one.Record("a");
        Assert.False(again.IsCompleted);
        Journal.Finish();

        Assert.Equal((await first).Sequence, (await again).Sequence);
        Assert.Equal(RecordVerdict.Duplicate, (await again).Verdict);
        Assert.Single(Journal.Appended);
    }

    [Fact]
    public async Task A_read_waits_for_the_commit_at_the_disk()
    {
        var recorded = _one.Record("a");
        var read = _one.Door.EnterAsync(work => work.State.LastSequence);
        Assert.False(read.IsCompleted);
        Journal.Finish();

        await recorded;
        Assert.Equal(1, await read);
    }

    [Fact]
    public async Task A_failed_append_fails_all_that_waits_and_breaks_the_door()
    {
        var first = _one.Record("a");
        var second = _one.Record("b");
        Journal.Fail();

        await Assert.ThrowsAsync<SessionUnavailableException>(() => first);
        await Assert.ThrowsAsync<SessionUnavailableException>(() => second);
        await Assert.ThrowsAsync<SessionUnavailableException>(() => _one.Record("c"));
        Assert.Single(_one.Broken);
        Assert.Single(Journal.Appended);
    }

    [Fact]
    public async Task An_append_without_an_answer_is_given_up_after_five_seconds()
    {
        var answer = _one.Record("a");
        _one.Time.Advance(SessionDoor.AppendTimeout);

        await Assert.ThrowsAsync<SessionUnavailableException>(() => answer);
        Assert.IsAssignableFrom<OperationCanceledException>(Assert.Single(_one.Broken));
    }

    [Fact]
    public async Task A_fenced_activation_answers_nobody()
    {
        var answer = _one.Record("a");
        Journal.Finish(AppendResult.Fenced);

        await Assert.ThrowsAsync<SessionUnavailableException>(() => answer);
        Assert.IsType<FencedException>(Assert.Single(_one.Broken));
    }

    [Fact]
    public async Task A_bug_in_a_step_breaks_the_door_instead_of_going_on_with_half_a_change()
    {
        var answer = _one.Door.EnterAsync<int>(_ => throw new InvalidOperationException("A bug."));

        await Assert.ThrowsAsync<SessionUnavailableException>(() => answer);
        Assert.IsType<InvalidOperationException>(Assert.Single(_one.Broken));
    }

    [Fact]
    public void The_door_is_busy_when_a_thousand_commands_wait()
    {
        for (var number = 0; number <= SessionLimits.Default.WaitingCommands; number++)
        {
            Assert.False(_one.Door.IsBusy);
            _ = _one.Record($"e{number}");
        }

        Assert.True(_one.Door.IsBusy);
    }

    [Fact]
    public void One_row_takes_no_more_bytes_than_a_commit_may_have()
    {
        var one = new Fixture(new SessionLimits { CommitBytes = 30 }, withDelivery: false);
        _ = one.Record("a");
        foreach (var id in (string[])["b", "c", "d", "e"])
            _ = one.Record(id);
        one.Journal.Finish();

        // Each event has ten bytes: the third one reaches the bound.
        Assert.Equal(3, one.Journal.Appended[1].Events.OfType<EventRecorded>().Count());
    }

    [Fact]
    public void The_head_row_tells_recovery_that_something_is_undelivered()
    {
        _ = _one.Record("a");

        Assert.True(Journal.Appended[0].Pending);
        Assert.Equal("cust-42", Journal.Appended[0].Name);
        Assert.Equal(1, Journal.Appended[0].Version);
    }

    [Fact]
    public void A_snapshot_is_taken_after_so_many_commits()
    {
        var one = new Fixture(new SessionLimits { CommitsPerSnapshot = 3 }, withDelivery: false);
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
        var saving = _one.Door.SaveSnapshotAsync(CancellationToken.None);
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
        Journal.Stored = new StoredSession(null,
            [new JournalCommit(1, _one.Time.GetUtcNow(), [new GuestOpened("cust-42", _one.Time.GetUtcNow())])]);
        var state = await SessionDoor.LoadAsync(_one.Key, Journal, SessionLimits.Default, CancellationToken.None);
        var one = new Fixture(withDelivery: false, state: state);
        await one.Door.SaveSnapshotAsync(CancellationToken.None);
        await one.Door.SaveSnapshotAsync(CancellationToken.None);

        Assert.Equal(1, Assert.Single(one.Journal.Snapshots).Version);
    }

    [Fact]
    public void A_guest_that_leaves_memory_leaves_a_snapshot_only_when_it_spares_a_long_replay()
    {
        var one = new Fixture(SessionLimits.Default with { CommitsPerIdleSnapshot = 3 }, withDelivery: false);
        for (var number = 1; number <= 3; number++)
        {
            one.Door.LeaveSnapshot();
            Assert.Empty(one.Journal.Snapshots);
            _ = one.Record($"e{number}");
            one.Door.LeaveSnapshot(); // At the disk: memory is ahead of the journal.
            one.Journal.Finish();
        }

        one.Door.LeaveSnapshot();
        one.Door.LeaveSnapshot();
        Assert.Equal(3, Assert.Single(one.Journal.Snapshots).Version);
    }

    [Fact]
    public async Task An_activation_that_knows_less_than_the_journal_breaks_when_it_is_asked()
    {
        Journal.Stored = new StoredSession(null, [new JournalCommit(1, _one.Time.GetUtcNow(), [])]);
        await _one.Door.ConfirmAsync(CancellationToken.None);

        Assert.IsType<FencedException>(Assert.Single(_one.Broken));
    }

    [Fact]
    public async Task An_activation_that_is_current_stays()
    {
        await _one.Door.ConfirmAsync(CancellationToken.None);

        Assert.Empty(_one.Broken);
    }
}
