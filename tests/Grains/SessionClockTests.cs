using GuestSessions.Core;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.TestDoubles;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

/// <summary>
/// The wall clock is set, by a second or by a day, either way, while a guest's activation lives, or between two of them:
/// by the clock of the guest's state nothing waits, ages or moves because of it.
/// </summary>
public sealed class SessionClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private Fixture _one = New();

    public enum Life
    {
        Running,
        StartedAgain,
        StartedOnAnotherMachine,
    }

    public static TheoryData<int, Life> Steps
    {
        get
        {
            var steps = new TheoryData<int, Life>();
            foreach (var seconds in (int[])[1, 20 * 60, 60 * 60, 24 * 60 * 60])
            {
                foreach (var life in Enum.GetValues<Life>())
                {
                    steps.Add(seconds, life);
                    steps.Add(-seconds, life);
                }
            }

            return steps;
        }
    }

    private DateTimeOffset Now => _one.Guest.Clock.GetUtcNow();

    private DeliveryStep Next => _one.Read(state => Decider.Next(state, Now));

    [Theory]
    [MemberData(nameof(Steps))]
    public void With_settle_an_event_waits_its_settle_and_no_step(int step, Life life)
    {
        Record("a");
        Set(step, life);
        Pass(Settle - Moment);
        if (!IsUnknown(step, life))
            Assert.IsType<DeliveryStep.Wait>(Next);
        Pass(Moment);
        Assert.IsType<DeliveryStep.Send>(Next);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void With_settle_the_next_event_does_not_overtake(int step, Life life)
    {
        Record("a");
        Set(step, life);
        Record("b");
        Record("c");

        Assert.Equal(["a", "b", "c"], Line());
        Assert.DoesNotContain(Entries, static entry => entry.Event.Late);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Callers_who_say_when_it_occurred_are_ordered_as_before(int step, Life life)
    {
        Record("second", occurredAt: TrueNow - TimeSpan.FromMilliseconds(10));
        Set(step, life);
        Pass(Moment);
        Record("third", occurredAt: TrueNow);
        if (Math.Abs(step) < 300)
        {
            Record("first", occurredAt: TrueNow - TimeSpan.FromMilliseconds(300));
            Assert.Equal(["first", "second", "third"], Line());
            return;
        }

        Assert.Equal(["second", "third"], Line());
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_event_that_is_fresh_is_never_too_old(int step, Life life)
    {
        Record("a");
        Set(step, life);
        var expired = Do(state => Decider.Expire(state, Now, TimeSpan.FromMinutes(10)));

        if (!IsUnknown(step, life))
            Assert.Equal(0, expired);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_event_that_waited_too_long_is_too_old_all_the_same(int step, Life life)
    {
        Record("a");
        Set(step, life);
        Pass(TimeSpan.FromMinutes(11));

        Assert.Equal(1, Do(state => Decider.Expire(state, Now, TimeSpan.FromMinutes(10))));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_back_off_is_as_long_as_the_upstream_asked(int step, Life life)
    {
        Record("a");
        Pass(Settle);
        Do(state => Decider.Start(state, Now));
        Do(state => Decider.End(state, new EndDelivery(
            1, 1, new AttemptReport { Outcome = AttemptOutcome.NotApplied, RetryAfter = TimeSpan.FromSeconds(5) },
            DeliveryPolicy.DefaultFor, Now, 0)));
        Set(step, life);
        Pass(TimeSpan.FromSeconds(5) - Moment);
        if (!IsUnknown(step, life))
            Assert.IsType<DeliveryStep.Wait>(Next);
        Pass(Moment);
        Assert.IsType<DeliveryStep.Send>(Next);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_session_is_open_as_long_as_the_upstream_has_it_open(int step, Life life)
    {
        Record("a");
        Set(step, life);
        Pass(TimeSpan.FromMinutes(19));
        if (!IsUnknown(step, life))
            Assert.Single(_one.Read(state => state.Sessions.OpenAt(Now)));
        Pass(TimeSpan.FromMinutes(1));
        Assert.Empty(_one.Read(state => state.Sessions.OpenAt(Now)));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_id_is_remembered_as_long_as_before(int step, Life life)
    {
        _one = New(new SessionLimits { DedupAge = TimeSpan.FromHours(1) });
        Record("a");
        Set(step, life);
        Record("b");

        if (!IsUnknown(step, life))
            Assert.Equal(RecordStatus.Duplicate, Record("a").Status);
        Assert.Equal(RecordStatus.Duplicate, Record("b").Status);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Receipts_are_by_the_corrected_clock_at_once(int step, Life life)
    {
        Record("a");
        Set(step, life);
        Record("b");

        var received = _one.Journal.Appended[^1].Events.OfType<EventRecorded>().Single().ReceivedAt;
        Assert.True((received - _one.Clock.GetUtcNow()).Duration() < StateClock.Tolerance);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_replay_of_the_history_and_a_snapshot_are_the_same_state(int step, Life life)
    {
        Record("a");
        Set(step, life);
        Record("b");

        var snapshot = _one.Read(static state => state.ToSnapshot());
        var restored = GuestSession.Restore(snapshot, SessionLimits.Default);
        Assert.Equivalent(snapshot, restored.ToSnapshot(), strict: true);
        Assert.Equal(Now, restored.Clock!.At(ClockReading.UptimeOf(_one.Time)));
    }

    [Fact]
    public void A_clock_that_nobody_sets_is_written_down_once()
    {
        foreach (var id in (string[])["a", "b", "c"])
        {
            Record(id);
            Pass(TimeSpan.FromMinutes(7));
        }

        Assert.Single(_one.Journal.Appended.SelectMany(static row => row.Events).OfType<ClockSet>());
    }

    [Fact]
    public void The_clock_follows_what_is_set_back_while_events_wait_and_then_makes_nothing_late()
    {
        Set(3600, Life.Running);
        Record("a");
        Set(0, Life.Running);
        Record("b");
        Pass(Settle);
        Deliver(1);
        Deliver(2);
        Record("c");

        var last = Assert.Single(Entries).Event;
        Assert.False(last.Late);
        Assert.Equal(Now, last.OrderAt);
    }

    [Fact]
    public void What_is_put_back_into_a_line_that_was_empty_does_not_bring_the_order_before_the_step_back()
    {
        Set(3600, Life.Running);
        Record("refused");
        Record("a");
        Pass(Settle);
        Deliver(1, AttemptOutcome.Refused);
        Set(0, Life.Running);
        Deliver(2);
        Do(state => Decider.Redrive(state, new RedriveEvent(1, null, new PersonAct("support-7", Now, "because"))));
        Record("b");

        Assert.Equal(["refused", "b"], Line());
        var last = Entries[^1].Event;
        Assert.False(last.Late);
        Assert.Equal(Now, last.OrderAt);
    }

    /// <summary>On another machine nobody knows how much of what seems to have passed was a step.</summary>
    private static bool IsUnknown(int step, Life life) => step > 0 && life == Life.StartedOnAnotherMachine;

    private DateTimeOffset TrueNow => _one.Time.GetUtcNow();

    /// <summary>Sends nothing, and no timer comes between the steps of a test.</summary>
    private static Fixture New(SessionLimits? limits = null) =>
        new(limits, inFlight: 0, settle: Settle, clock: new SetClock(new FakeTimeProvider(Start))
        {
            TimersFire = false,
        });

    private IReadOnlyList<LineEntry> Entries => _one.Read(static state => state.Line.Entries);

    private IEnumerable<string> Line() => Entries.Select(static entry => entry.Event.EventId);

    private RecordResult Record(string id, DateTimeOffset? occurredAt = null)
    {
        var recorded = _one.Record(id, occurredAt: occurredAt);
        _one.Journal.FinishAll();
        return recorded.GetAwaiter().GetResult();
    }

    private T Do<T>(Func<GuestSession, Decision<T>> decide)
    {
        var done = _one.Guest.EnterAsync(work => work.Do(decide(work.State)));
        _one.Journal.FinishAll();
        return done.GetAwaiter().GetResult();
    }

    private void Deliver(long sequence, AttemptOutcome outcome = AttemptOutcome.Delivered)
    {
        Do(state => Decider.Start(state, Now));
        Do(state => Decider.End(state, new EndDelivery(
            sequence, 1, new AttemptReport { Outcome = outcome }, DeliveryPolicy.DefaultFor, Now, 0)));
    }

    private void Pass(TimeSpan span)
    {
        _one.Time.Advance(span);
        Do(static _ => new Decision<bool>([], true));
    }

    private void Set(int step, Life life)
    {
        if (life == Life.Running)
        {
            _one.Clock.Offset = TimeSpan.FromSeconds(step);
        }
        else
        {
            _one = new Fixture(
                _one.Options.Ingest.Limits, inFlight: 0, state: _one.Stored(), settle: Settle,
                clock: new SetClock(_one.Time)
                {
                    Boot = life == Life.StartedAgain ? _one.Clock.Boot : Guid.NewGuid(),
                    Offset = TimeSpan.FromSeconds(step),
                    TimersFire = false,
                });
        }

        Do(static _ => new Decision<bool>([], true));
    }
}
