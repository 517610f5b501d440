using GuestSessions.Core.Delivery;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.TestDoubles;

namespace GuestSessions.Grains.Tests;

/// <summary>Intent before send, and what goes into which commit.</summary>
public sealed class GuestDeliveryTests
{
    private readonly Fixture _one = new();

    private FakeJournal Journal => _one.Journal;

    [Fact]
    public void With_a_free_permit_the_start_goes_into_the_commit_of_the_accept()
    {
        _ = _one.Record("a");

        Assert.Contains(nameof(EventRecorded), _one.LastRow);
        Assert.Contains(nameof(DeliveryStarted), _one.LastRow);
    }

    [Fact]
    public void Nothing_leaves_before_its_start_is_durable()
    {
        _ = _one.Record("a");
        Assert.Empty(_one.Client.Sent);
        Journal.Finish();

        Assert.Single(_one.Client.Sent);
    }

    [Fact]
    public void Nothing_leaves_when_the_commit_of_its_start_fails()
    {
        _one.Record("a").ContinueWith(static answer => _ = answer.Exception, TaskScheduler.Default);
        Journal.Fail();
        _one.Guest.Dispose();

        Assert.Empty(_one.Client.Sent);
        Assert.Equal(0, _one.Gate.InFlight);
    }

    [Fact]
    public void The_outcome_of_one_event_carries_the_start_of_the_next()
    {
        _ = _one.Record("a");
        Journal.Finish();
        _ = _one.Record("b");
        Journal.Finish();
        _one.Client.Answer(AttemptOutcome.Delivered);

        Assert.Equal([nameof(EventDelivered), nameof(DeliveryStarted)], _one.LastRow);
        Assert.Equal(1, _one.Gate.InFlight);
    }

    [Fact]
    public void Stopping_twice_is_stopping_once()
    {
        _one.Guest.Dispose();
        _one.Guest.Dispose();

        Assert.Equal(0, _one.Gate.InFlight);
    }

    [Fact]
    public void One_event_of_a_guest_is_in_flight_at_a_time()
    {
        foreach (var id in (string[])["a", "b", "c"])
        {
            _ = _one.Record(id);
            Journal.Finish();
        }

        Assert.Single(_one.Client.Sent);
    }

    [Fact]
    public void The_last_outcome_gives_the_permit_back()
    {
        _ = _one.Record("a");
        Journal.Finish();
        _one.Client.Answer(AttemptOutcome.Delivered);
        Journal.Finish();

        Assert.Equal([nameof(EventDelivered)], _one.LastRow);
        Assert.Equal(0, _one.Gate.InFlight);
        Assert.False(Journal.Appended[^1].Pending);
    }

    [Fact]
    public void Without_a_permit_there_is_no_start()
    {
        var one = new Fixture(inFlight: 1);
        Assert.True(one.Gate.TryAcquire("demo", isRetry: false, isPublic: false, out _));
        _ = one.Record("a");
        one.Journal.Finish();

        Assert.DoesNotContain(nameof(DeliveryStarted), one.LastRow);
        Assert.Single(one.Journal.Appended);
    }

    [Fact]
    public void A_start_is_good_for_three_seconds_from_before_its_commit()
    {
        var decidedAt = _one.Time.GetTimestamp();
        _ = _one.Record("a");
        _one.Time.Advance(TimeSpan.FromSeconds(2));
        Journal.Finish();

        Assert.Equal(
            TimeSpan.FromSeconds(3),
            _one.Time.GetElapsedTime(decidedAt, Assert.Single(_one.Client.Sent).ValidUntil));
    }

    [Fact]
    public void A_guest_without_a_browser_id_gets_one_durably_before_its_first_delivery()
    {
        _ = _one.Record("a", browserId: null);
        Journal.Finish();

        Assert.True(SpinWait.SpinUntil(() => Journal.IsWriting, TimeSpan.FromSeconds(30)));
        Assert.Equal([nameof(BrowserIdAssigned), nameof(DeliveryStarted)], _one.LastRow);
        Assert.Empty(_one.Client.Sent);
        Journal.Finish();
        Assert.Equal("browser-1", Assert.Single(_one.Client.Sent).BrowserId);
    }

    [Fact]
    public void A_new_guests_first_event_is_delivered_with_three_commits()
    {
        var one = new Fixture(ownsWhatItGets: false);
        one.Ledger.Owner = null;
        _ = one.Record("a", browserId: null);
        one.Journal.Finish();

        Assert.True(SpinWait.SpinUntil(() => one.Journal.IsWriting, TimeSpan.FromSeconds(30)));
        Assert.Equal([nameof(BrowserLinked), nameof(BrowserIdAssigned), nameof(DeliveryStarted)], one.LastRow);
        one.Journal.Finish();
        one.Client.Answer(AttemptOutcome.Delivered);
        one.Journal.Finish();

        Assert.Equal([nameof(EventDelivered)], one.LastRow);
        Assert.Equal(3, one.Journal.Appended.Count);
    }

    [Fact]
    public void A_browser_id_that_cannot_become_the_guests_own_is_asked_for_again_only_after_a_back_off()
    {
        var one = new Fixture(ownsWhatItGets: false);
        _ = one.Record("a", browserId: null);
        one.Journal.Finish();

        Assert.True(SpinWait.SpinUntil(() => one.Journal.IsWriting, TimeSpan.FromSeconds(30)));
        Assert.Equal([nameof(BrowserIdPostponed)], one.LastRow);
        one.Journal.Finish();
        Assert.Equal(0, one.Gate.InFlight);
    }

    [Fact]
    public void A_retry_goes_when_its_back_off_is_over()
    {
        _ = _one.Record("a");
        Journal.Finish();
        _one.Client.Answer(AttemptOutcome.NotApplied);
        Journal.Finish();
        Assert.Single(_one.Client.Sent);
        Assert.Equal(0, _one.Gate.InFlight);
        var rows = Journal.Appended.Count;
        _one.Time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Equal(rows, Journal.Appended.Count);
        _one.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(SpinWait.SpinUntil(() => Journal.Appended.Count > rows, TimeSpan.FromSeconds(30)));
        Assert.Equal([nameof(DeliveryStarted)], _one.LastRow);
    }

    [Fact]
    public void An_open_start_that_is_found_is_taken_over_and_waited_for()
    {
        _ = _one.Record("a");
        Journal.Finish();
        var next = new Fixture(state: _one.Stored());

        Assert.Equal([nameof(DeliveryTakenOver)], next.LastRow);
        next.Journal.Finish();
        Assert.Empty(next.Client.Sent);
        Assert.True(next.Record("b").IsCompleted is false);
        Assert.Equal([nameof(EventRecorded)], next.LastRow.Where(name => name != nameof(SessionStarted)));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void An_open_start_is_taken_over_though_the_clock_was_set_meanwhile(int seconds)
    {
        _ = _one.Record("a");
        Journal.Finish();
        var next = new Fixture(
            state: _one.Stored(),
            clock: new SetClock(_one.Time) { Boot = _one.Clock.Boot, Offset = TimeSpan.FromSeconds(seconds) });

        Assert.Equal([nameof(ClockSet), nameof(DeliveryTakenOver)], next.LastRow);
    }

    [Fact]
    public void An_answer_that_is_long_overdue_is_given_up_though_the_clock_was_set_meanwhile()
    {
        _ = _one.Record("a");
        Journal.Finish();
        _one.Time.Advance(_one.Options.Delivery.TakeoverWait + TimeSpan.FromSeconds(1));
        _one.Clock.Offset = TimeSpan.FromHours(1);
        _ = _one.Guest.EnsureDeliveringAsync();
        Assert.Equal([nameof(ClockSet), nameof(DeliveryTakenOver)], _one.LastRow);
        Journal.Finish();
        _one.Clock.Offset = TimeSpan.FromHours(2);

        // The wait may begin a moment after the commit.
        Assert.True(SpinWait.SpinUntil(() =>
        {
            _one.Time.Advance(_one.Options.Delivery.TakeoverWait);
            return Journal.IsWriting;
        }, TimeSpan.FromSeconds(30)));

        // The back-off may be so short that the next attempt starts in the same commit.
        Assert.Equal([nameof(ClockSet), nameof(DeliveryPostponed)], _one.LastRow.Take(2));
    }

    [Fact]
    public void A_settling_event_is_sent_when_it_has_settled_though_the_clock_was_set_back_a_day()
    {
        _one.Tenant.Settle = TimeSpan.FromSeconds(2);
        _ = _one.Record("a");
        Journal.FinishAll();
        _one.Clock.Offset = TimeSpan.FromDays(-1);
        _ = _one.Guest.EnterAsync(static _ => true);
        Journal.FinishAll();

        _one.Time.Advance(_one.Tenant.Settle);

        Assert.True(SpinWait.SpinUntil(() => Journal.IsWriting, TimeSpan.FromSeconds(30)));
        Journal.FinishAll();
        Assert.True(SpinWait.SpinUntil(() => _one.Client.Sent.Count == 1, TimeSpan.FromSeconds(30)));
    }
}
