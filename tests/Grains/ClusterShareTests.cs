using System.Net;
using GuestSessions.Core.Guests;
using GuestSessions.Grains.Recovery;
using Orleans.Runtime;

namespace GuestSessions.Grains.Tests;

/// <summary>Who looks after whom.</summary>
public sealed class ClusterShareTests
{
    private static readonly SiloAddress[] Three = [.. Enumerable.Range(1, 3).Select(Silo)];

    private static readonly GuestKey[] Guests = [.. Enumerable.Range(0, 3_000)
        .Select(static n => new GuestKeyring(new byte[GuestKeyring.SecretLength]).KeyOf("demo", $"guest-{n}"))];

    [Fact]
    public void Every_guest_has_exactly_one_silo_that_looks_after_it() => Assert.All(
        Guests, static guest => Assert.Single(Three, silo => new ClusterShare(Three, silo).Holds(guest)));

    [Fact]
    public void The_shares_are_about_even() => Assert.All(
        Three, static silo => Assert.InRange(Guests.Count(new ClusterShare(Three, silo).Holds), 850, 1_150));

    [Fact]
    public void When_a_silo_goes_only_its_share_moves()
    {
        var before = new ClusterShare(Three, Three[0]);
        var gone = new ClusterShare(Three, Three[2]);
        var after = new ClusterShare(Three[..2], Three[0]);

        Assert.All(Guests.Where(before.Holds), guest => Assert.True(after.Holds(guest)));
        Assert.All(Guests.Where(after.Holds), guest => Assert.True(before.Holds(guest) || gone.Holds(guest)));
    }

    [Fact]
    public void A_silo_alone_looks_after_all_and_leads()
    {
        var alone = new ClusterShare([Three[0]], Three[0]);

        Assert.All(Guests, guest => Assert.True(alone.Holds(guest)));
        Assert.True(alone.Leads);
    }

    [Fact]
    public void One_silo_leads() => Assert.Single(Three, static silo => new ClusterShare(Three, silo).Leads);

    [Fact]
    public void The_draw_is_the_same_in_every_process_and_version()
    {
        var share = new ClusterShare(Three, Three[0]);

        Assert.Equal([11, 15, 18, 22], Enumerable.Range(0, Guests.Length).Where(n => share.Holds(Guests[n])).Take(4));
    }

    private static SiloAddress Silo(int number) => SiloAddress.New(IPAddress.Parse($"10.0.0.{number}"), 11_111, number);
}
