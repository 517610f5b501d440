using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Tenants;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

public sealed class TenantDeliveryTests
{
    private static readonly ActMessage Act = new("key-1", "maintenance");
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    private static readonly Guid Boot = Guid.NewGuid();

    private TenantDelivery New(TenantDeliveryRecord? stored = null, double rate = 0, bool alone = true) =>
        new(stored, rate, alone, _time, Boot);

    [Fact]
    public void What_one_silo_saw_holds_all()
    {
        var tenant = New();
        tenant.Take("a", new TenantReport { Hold = TimeSpan.FromSeconds(30) }, out var changed);

        Assert.True(changed);
        Assert.Equal(TimeSpan.FromSeconds(30), tenant.Take("b", new TenantReport(), out _).Hold);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(10), tenant.Take("b", new TenantReport(), out changed).Hold);
        Assert.False(changed);
    }

    [Fact]
    public void A_hold_survives_a_restart()
    {
        var tenant = New();
        tenant.Take("a", new TenantReport { Hold = TimeSpan.FromMinutes(10) }, out _);
        var kept = tenant.Record;
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(TimeSpan.FromMinutes(6), New(kept).Take("a", new TenantReport(), out _).Hold);
    }

    [Fact]
    public void In_trouble_one_silo_with_guests_to_try_probes_for_all()
    {
        var tenant = New();
        tenant.Take("a", new TenantReport { Raised = TenantTrouble.Misconfigured, Status = 401 }, out _);
        var b = tenant.Take("b", new TenantReport { Waiting = 3 }, out _);
        var c = tenant.Take("c", new TenantReport { Waiting = 3 }, out _);

        Assert.Equal((TenantTrouble.Misconfigured, true), (b.Trouble, b.MayProbe));
        Assert.Equal(TenantDelivery.ProbeInterval, b.ProbeIn);
        Assert.False(c.MayProbe);
    }

    [Fact]
    public void When_the_probing_silo_vanishes_another_one_probes_and_not_early()
    {
        var tenant = New();
        tenant.Take("a", new TenantReport { Raised = TenantTrouble.Misconfigured, Waiting = 1 }, out _);
        var interval = TenantDelivery.ProbeInterval;
        tenant.Take("a", new TenantReport { Waiting = 1, ProbeIn = interval }, out _);
        _time.Advance(TenantDelivery.RegistrationLife);

        var b = tenant.Take("b", new TenantReport { Waiting = 1 }, out _);

        Assert.True(b.MayProbe);
        Assert.Equal(interval - TenantDelivery.RegistrationLife, b.ProbeIn);
    }

    [Fact]
    public void An_event_that_is_delivered_anywhere_ends_the_trouble_everywhere()
    {
        var tenant = New();
        tenant.Take("a", new TenantReport { Raised = TenantTrouble.Refusals }, out _);
        tenant.Take("b", new TenantReport { Recovered = true }, out var changed);

        Assert.True(changed);
        Assert.Equal(TenantTrouble.None, tenant.Take("a", new TenantReport(), out _).Trouble);
        Assert.Equal(TenantTrouble.None, tenant.Record.Trouble);
    }

    [Fact]
    public void A_circuit_that_is_open_on_one_silo_is_probed_there_and_holds_the_others()
    {
        var tenant = New();
        var a = tenant.Take("a", new TenantReport { CircuitOpen = true, Waiting = 1 }, out var changed);
        var b = tenant.Take("b", new TenantReport { Waiting = 9 }, out _);
        Assert.True(changed);
        Assert.Equal((true, true), (a.CircuitOpen, a.MayProbe));
        Assert.Equal((true, false), (b.CircuitOpen, b.MayProbe));

        tenant.Take("a", new TenantReport(), out changed);

        Assert.True(changed);
        Assert.False(tenant.Take("b", new TenantReport(), out _).CircuitOpen);
    }

    [Fact]
    public void A_silo_with_an_open_circuit_probes_though_guests_elsewhere_would_say_more()
    {
        var tenant = New();
        tenant.Take("a", new TenantReport { Waiting = 1, Rank = ProbeRank.Counting }, out _);
        var b = new TenantReport { CircuitOpen = true, Waiting = 1, Rank = ProbeRank.Public };
        Assert.True(tenant.Take("b", b, out _).MayProbe);

        Assert.False(tenant.Take("a", new TenantReport { Waiting = 1, Rank = ProbeRank.Counting }, out _).MayProbe);
        Assert.True(tenant.Take("b", b, out _).MayProbe);
    }

    [Fact]
    public void A_pause_lasts_over_a_restart_until_a_person_ends_it()
    {
        var tenant = New();
        tenant.Pause(Act);
        tenant.Pause(new ActMessage("key-2", "again"));
        var next = New(tenant.Record);

        Assert.True(next.Take("a", new TenantReport(), out _).Paused);
        Assert.Equal(("key-1", "maintenance"), (next.View().Pause!.By, next.View().Pause!.Reason));
        next.Resume();
        Assert.False(next.Take("a", new TenantReport(), out _).Paused);
    }

    [Fact]
    public void A_person_who_resumes_a_tenant_in_trouble_has_refusals_forgiven_for_a_while()
    {
        var tenant = New();
        tenant.Take("a", new TenantReport { Raised = TenantTrouble.Refusals }, out _);
        tenant.Resume();

        var terms = tenant.Take("a", new TenantReport(), out _);
        Assert.Equal((TenantTrouble.None, TenantDelivery.Forgiveness), (terms.Trouble, terms.Forgiven));
        _time.Advance(TenantDelivery.Forgiveness);
        Assert.Equal(TimeSpan.Zero, tenant.Take("a", new TenantReport(), out _).Forgiven);
    }

    [Fact]
    public void A_new_owner_of_the_table_gives_nobody_more_until_all_unknown_leases_are_over()
    {
        var tenant = New(rate: 100, alone: false);
        Assert.Equal(40, tenant.Take("a", new TenantReport { Rate = 40, Waiting = 9 }, out _).Rate);
        Assert.Equal(0, tenant.Take("b", new TenantReport { Waiting = 9 }, out _).Rate);
        for (var waited = TimeSpan.Zero; waited < TenantDelivery.RegistrationLife; waited += Renewal)
        {
            _time.Advance(Renewal);
            tenant.Take("a", new TenantReport { Rate = 40, Waiting = 9 }, out _);
        }

        tenant.Take("b", new TenantReport { Waiting = 9 }, out _);
        Assert.Equal(50, tenant.Take("a", new TenantReport { Waiting = 9 }, out _).Rate);
        Assert.Equal(50, tenant.Take("b", new TenantReport { Waiting = 9 }, out _).Rate);
    }
}
