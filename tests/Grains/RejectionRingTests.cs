using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Rejections;

namespace GuestSessions.Grains.Tests;

/// <summary>The latest rejections of a tenant.</summary>
public sealed class RejectionRingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly RejectionRing _ring = new(start: 100);

    [Fact]
    public void The_newest_come_first_page_by_page()
    {
        for (var i = 0; i < 5; i++)
            Add($"code{i}");

        var first = _ring.Read(null, 2, Now);
        var second = _ring.Read(first.Next, 2, Now);
        var third = _ring.Read(second.Next, 2, Now);

        Assert.Equal(["code4", "code3"], Codes(first));
        Assert.Equal(["code2", "code1"], Codes(second));
        Assert.Equal(["code0"], Codes(third));
        Assert.Null(third.Next);
    }

    [Fact]
    public void A_page_follows_the_one_before_while_more_is_refused()
    {
        for (var i = 0; i < 4; i++)
            Add($"code{i}");
        var first = _ring.Read(null, 2, Now);
        Add("later");

        Assert.Equal(["code1", "code0"], Codes(_ring.Read(first.Next, 2, Now)));
    }

    [Fact]
    public void The_oldest_go_when_there_are_too_many()
    {
        for (var i = 0; i < RejectionRing.Capacity + 3; i++)
            Add($"code{i}");

        var all = _ring.Read(null, int.MaxValue, Now);
        Assert.Equal(RejectionRing.Capacity, all.Rejections.Count);
        Assert.Equal("code3", all.Rejections[^1].Code);
    }

    [Fact]
    public void What_is_older_than_a_week_is_gone()
    {
        Add("old");
        Assert.Single(_ring.Read(null, 10, Now + RejectionRing.Age).Rejections);
        Assert.Empty(_ring.Read(null, 10, Now + RejectionRing.Age + TimeSpan.FromTicks(1)).Rejections);
        Add("new", Now + RejectionRing.Age + TimeSpan.FromTicks(1));

        Assert.Equal(["new"], Codes(_ring.Read(null, 10, Now + RejectionRing.Age)));
    }

    [Fact]
    public void A_page_of_an_earlier_ring_begins_with_the_newest()
    {
        Add("code");

        Assert.Equal(["code"], Codes(_ring.Read(1_000_000, 10, Now)));
        Assert.Empty(_ring.Read(3, 10, Now).Rejections);
    }

    private void Add(string code, DateTimeOffset? at = null)
        => _ring.Add(new RejectionMessage(at ?? Now, code, null, null, []));

    private static IEnumerable<string> Codes(RejectionPage page) => page.Rejections.Select(rejection => rejection.Code);
}
