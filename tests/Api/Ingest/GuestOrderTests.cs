using GuestSessions.Api.Ingest;

namespace GuestSessions.Api.Tests.Ingest;

public sealed class GuestOrderTests
{
    private static readonly EventResult Why = EventResult.Retry("x", "guest_backlog_full", TimeSpan.FromSeconds(2));

    [Fact]
    public void A_guest_waits_for_its_own_turns_only()
    {
        var order = new GuestOrder();
        var first = order.Take("g1");
        var second = order.Take("g1");
        var third = order.Take("g1");
        Assert.True(first.Before.IsCompleted);
        Assert.True(order.Take("g2").Before.IsCompleted);
        Assert.False(second.Before.IsCompleted);
        first.Leave();
        first.Leave();
        Assert.True(second.Before.IsCompleted);
        Assert.False(third.Before.IsCompleted);
        second.Leave();
        third.Leave();
        Assert.True(order.Take("g1").Before.IsCompleted);
    }

    [Fact]
    public void What_comes_before_the_event_that_is_missed_is_held()
    {
        var order = new GuestOrder();
        order.StopAt("g1", "b", Why);
        Assert.Equal((0, null), order.Held("g2", ["b"]));
        Assert.Equal((2, Why), order.Held("g1", ["c", null]));
        Assert.Equal((1, Why), order.Held("g1", ["c", "b", "c"]));
        Assert.Equal((0, null), order.Held("g1", ["c"]));
    }

    [Fact]
    public void An_event_without_an_id_is_back_with_the_next_without_one()
    {
        var order = new GuestOrder();
        order.StopAt("g1", null, Why);
        Assert.Equal((1, Why), order.Held("g1", ["a"]));
        Assert.Equal((0, Why), order.Held("g1", [null]));
    }

    [Fact]
    public void With_too_many_guests_to_remember_everything_is_answered_with_a_retry()
    {
        var order = new GuestOrder();
        for (var guest = 0; guest < GuestOrder.MostStopped; guest++)
            order.StopAt($"g{guest}", "b", Why);
        Assert.Equal((0, null), order.Held("other", ["a"]));
        order.StopAt("one-more", "b", Why);
        Assert.Equal((1, Why), order.Held("other", ["a"]));
    }
}
