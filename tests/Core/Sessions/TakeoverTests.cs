using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>A new activation finds a start whose owner is gone.</summary>
public sealed class TakeoverTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(15);

    private readonly Given _given = new Given().WithBrowserId();

    private GuestSession Session => _given.Session;

    private OpenStart TakeOver(string type = "VIEW")
    {
        _given.Record("a", type);
        _given.Record("b");
        _given.Send();
        _given.Do(Decider.TakeOver(Session, _given.Now, Wait));
        return Session.Open!;
    }

    private bool Abandon(OpenStart open)
    {
        _given.Now += Wait;
        return _given.Do(Decider.Abandon(Session, open, _given.Policy, _given.Now, chance: 0.5));
    }

    [Fact]
    public void Nothing_is_sent_while_the_old_outcome_may_come()
    {
        TakeOver();

        Assert.IsType<DeliveryStep.AwaitOutcome>(Decider.Next(Session, _given.Now + Wait));
    }

    [Fact]
    public void An_outcome_that_comes_in_time_counts()
    {
        var open = TakeOver();
        Assert.True(_given.End(AttemptOutcome.Delivered));

        Assert.Equal(["b"], _given.LineIds);
        Assert.False(Abandon(open));
    }

    [Fact]
    public void Without_an_outcome_the_event_is_in_doubt()
    {
        Assert.True(Abandon(TakeOver()));

        Assert.True(Session.Line.Head!.PossiblyDuplicate);
        Assert.Equal(["a", "b"], _given.LineIds);
    }

    [Fact]
    public void Without_an_outcome_of_the_last_attempt_allowed_the_event_is_held()
    {
        var open = TakeOver();
        _given.Now += Wait;
        Assert.True(_given.Do(Decider.Abandon(Session, open, _given.Policy, _given.Now, chance: 0.5, maxAttempts: 1)));

        var held = Assert.Single(Session.SetAside.Events);
        Assert.Equal((true, "attempts_exhausted", false), (held.InDoubt, held.Code, held.PossiblyDuplicate));
        Assert.Equal(["b"], _given.LineIds);
    }

    [Fact]
    public void An_outcome_that_comes_too_late_still_delivers_a_waiting_event()
    {
        Abandon(TakeOver());
        Assert.True(_given.End(1, 1, AttemptOutcome.Delivered));

        Assert.Equal(["b"], _given.LineIds);
        Assert.Equal(1, Session.DeliveredCount);
    }

    [Fact]
    public void An_outcome_that_comes_too_late_settles_a_held_event()
    {
        Abandon(TakeOver("ORDER_CHECKOUT"));
        Assert.Equal(1, Session.SetAside.InDoubtCount);
        Assert.True(_given.End(1, 1, AttemptOutcome.Delivered));

        Assert.Equal(0, Session.SetAside.Count);
        Assert.Equal(0, Session.SetAside.InDoubtCount);
    }

    [Fact]
    public void A_late_outcome_of_a_resend_that_is_on_its_way_is_only_recorded()
    {
        Abandon(TakeOver());
        _given.Now += TimeSpan.FromMinutes(5);
        _given.Send();
        Assert.True(_given.End(1, 1, AttemptOutcome.Delivered));

        Assert.Equal(["a", "b"], _given.LineIds);
        Assert.NotNull(Session.Open);
        Assert.True(_given.End(1, 2, AttemptOutcome.Delivered));
        Assert.Equal(["b"], _given.LineIds);
    }

    [Fact]
    public void A_late_outcome_is_recorded_once()
    {
        Abandon(TakeOver());
        Assert.True(_given.End(1, 1, AttemptOutcome.InDoubt));

        Assert.False(_given.End(1, 1, AttemptOutcome.InDoubt));
    }
}
