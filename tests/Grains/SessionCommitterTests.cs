using GuestSessions.Core;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests;

namespace GuestSessions.Grains.Tests;

public sealed class SessionCommitterTests
{
    private readonly Fixture _one = new(inFlight: 0);

    private FakeJournal Journal => _one.Journal;

    [Fact]
    public async Task Nothing_is_acknowledged_before_its_commit_is_durable()
    {
        var answer = _one.Record("a");
        Assert.False(answer.IsCompleted);

        Journal.Finish();

        Assert.Equal(RecordStatus.Accepted, (await answer).Status);
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
        Assert.Equal(Enumerable.Range(2, 10), others.Select(answer => (int)answer.Result.Sequence!));
    }

    [Fact]
    public async Task A_duplicate_of_an_event_in_flight_waits_for_that_commit()
    {
        var first = _one.Record("a");
        var again = _one.Record("a");
        Assert.False(again.IsCompleted);
        Journal.Finish();

        Assert.Equal((await first).Sequence, (await again).Sequence);
        Assert.Equal(RecordStatus.Duplicate, (await again).Status);
        Assert.Single(Journal.Appended);
    }

    [Fact]
    public async Task A_read_waits_for_the_commit_at_the_disk()
    {
        var recorded = _one.Record("a");
        var read = _one.Guest.ReadAsync(static state => state.LastSequence);
        Assert.False(read.IsCompleted);
        Journal.Finish();

        await recorded;
        Assert.Equal(1, await read);
    }

    [Fact]
    public async Task A_failed_append_fails_all_that_waits_and_breaks_the_committer()
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
        _one.Time.Advance(Patience.WithTheStore);

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
    public async Task A_bug_in_a_step_breaks_the_committer_instead_of_going_on_with_half_a_change()
    {
        var answer = _one.Guest.EnterAsync<int>(_ => throw new InvalidOperationException("A bug."));

        await Assert.ThrowsAsync<SessionUnavailableException>(() => answer);
        Assert.IsType<InvalidOperationException>(Assert.Single(_one.Broken));
    }

    [Fact]
    public async Task Ingest_is_rejected_while_a_thousand_commands_wait()
    {
        List<Task<RecordResult>> answers = [];
        for (var number = 0; number <= SessionLimits.Default.WaitingCommands; number++)
            answers.Add(_one.Record($"e{number}"));

        Assert.DoesNotContain(answers, static answer => answer.IsCompleted);
        Assert.Equal("guest_busy", (await _one.Record("one too many")).Code);
    }

    [Fact]
    public void One_row_takes_no_more_bytes_than_a_commit_may_have()
    {
        var one = new Fixture(new SessionLimits { CommitBytes = 30 }, inFlight: 0);
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

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task A_read_after_the_clock_was_set_writes_nothing_and_the_next_commit_takes_the_clock_along(int seconds)
    {
        _ = _one.Record("a");
        Journal.Finish();
        _one.Clock.Offset = TimeSpan.FromSeconds(seconds);

        Assert.NotNull(await _one.Guest.Reading.ReadAsync());
        Assert.Single(Journal.Appended);

        _ = _one.Record("b");
        Assert.Equal(
            TimeSpan.FromSeconds(seconds), Assert.Single(Journal.Appended[1].Events.OfType<ClockSet>()).By);
    }

    [Fact]
    public async Task A_read_that_comes_among_commands_sees_their_commit_and_nothing_before_it_is_durable()
    {
        var first = _one.Record("a");
        var seen = new List<long>();
        var read = _one.Guest.ReadAsync(state =>
        {
            seen.Add(state.LastSequence);
            return true;
        });
        var second = _one.Record("b");
        Assert.Empty(seen);
        Journal.Finish();
        Assert.Empty(seen);
        Journal.Finish();

        await Task.WhenAll(first, read, second);
        Assert.Equal([2], seen);
    }

    [Fact]
    public async Task A_timeline_that_is_read_while_a_browser_is_linked_tells_of_no_link_that_is_not_durable()
    {
        var line = BrowserGuests.Of("cookie-1");
        _ = _one.Record("a");
        Journal.Finish();
        var linking = _one.Guest.EnterAsync(work => work.Do(Decider.Link(work.State, new LinkBrowser(
            "cust-42", "cookie-1", 2, "demo/7", IsDrained: true, line, work.State.Browsers.Releases, _one.Time.GetUtcNow()))));
        var reading = _one.Guest.Reading.ReadTimelineAsync(new TimelineQuery("pending", null, 0, 10));
        Assert.False(reading.IsCompleted);
        Journal.Fail();

        await Assert.ThrowsAsync<SessionUnavailableException>(() => linking);
        await Assert.ThrowsAsync<SessionUnavailableException>(() => reading);
    }

    [Fact]
    public async Task An_activation_that_knows_less_than_the_journal_breaks_when_it_is_asked()
    {
        Journal.Stored = new StoredSession(null, [new JournalCommit(1, _one.Time.GetUtcNow(), [])]);
        await _one.Guest.EnsureDeliveringAsync();

        Assert.IsType<FencedException>(Assert.Single(_one.Broken));
    }

    [Fact]
    public async Task An_activation_that_is_current_stays()
    {
        await _one.Guest.EnsureDeliveringAsync();

        Assert.Empty(_one.Broken);
    }
}
