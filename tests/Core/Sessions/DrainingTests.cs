using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>When a guest that gave a browser up has nothing of it left to send.</summary>
public sealed class DrainingTests
{
    private const string Browser = "6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001";
    private const string Before = "shop/before";

    private readonly Given _given = new() { LinksBrowsers = false };

    [Fact]
    public void A_released_browser_drains_when_its_last_event_is_settled()
    {
        _given.Link(Browser);
        _given.Record("e1", browserId: Browser);
        _given.Record("e2", browserId: Browser);
        Assert.Equal(ReleaseDecision.Draining, _given.Release(Browser));
        _given.SendAndDeliver();
        Assert.Equal(0, _given.Drain());
        _given.SendAndDeliver();

        Assert.Equal(1, _given.Drain());
        Assert.Equal(0, _given.Drain());
        Assert.False(_given.Session.Browsers.IsBusyUpTo(Browser, 1));
    }

    [Fact]
    public void What_is_set_aside_does_not_keep_a_browser_from_draining()
    {
        _given.Link(Browser);
        _given.Record("refused", browserId: Browser);
        _given.Record("doubtful", "ORDER_CHECKOUT", browserId: Browser);
        _given.Release(Browser);
        _given.Send();
        _given.End(AttemptOutcome.Refused);
        _given.Send();
        _given.End(AttemptOutcome.InDoubt);

        Assert.Equal(1, _given.Drain());
    }

    [Fact]
    public void A_browser_that_never_drained_before_does_not_count_as_drained_after()
    {
        _given.Link(Browser, generation: 2, from: Before);
        Assert.Equal(ReleaseDecision.Draining, _given.Release(Browser, generation: 2, from: Before));
        Assert.Equal(0, _given.Drain());

        _given.Clear(Browser, 2);
        Assert.Equal(1, _given.Drain());
    }

    [Fact]
    public void A_browser_claimed_anew_before_it_drained_has_not_drained_when_it_is_given_up_again()
    {
        _given.Link(Browser);
        _given.Record("first", browserId: Browser);
        _given.Release(Browser);
        _given.Link(Browser, generation: 2);

        Assert.Equal(ReleaseDecision.Draining, _given.Release(Browser, generation: 2));
        Assert.Equal(0, _given.Drain());
        _given.SendAndDeliver();
        Assert.Equal(2, _given.Drain());
        Assert.False(_given.Session.Browsers.IsBusyUpTo(Browser, 2));
    }

    [Fact]
    public void A_replay_waits_for_no_other_line_and_keeps_none_waiting()
    {
        _given.Link(Browser);
        _given.Record("first", browserId: Browser);
        _given.SendAndDeliver();
        var delivered = _given.History.OfType<EventRecorded>().Single();
        _given.Release(Browser);
        _given.Drain();
        _given.Begin("op");
        _given.Replay(delivered, "op");

        Assert.Equal(LinkDecision.Linked, _given.Link(Browser, generation: 3, from: Before));
        Assert.Equal(2, _given.Send());
        Assert.Equal(ReleaseDecision.Draining, _given.Release(Browser, generation: 3, from: Before));
        _given.Clear(Browser, 3);
        Assert.Equal(1, _given.Drain());
    }
}
