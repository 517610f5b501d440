using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Delivery;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

/// <summary>Settings of delivery change while guests wait for permits and hold them.</summary>
public sealed class DeliveryGateSettingsTests
{
    private readonly SessionsOptions _options = new()
    {
        Tenants = { ["demo"] = new TenantOptions { Delivery = { Concurrency = 1 } } },
    };

    [Fact]
    public async Task A_higher_concurrency_serves_those_who_wait_at_once()
    {
        using var gate = Gate();
        var first = await AcquireAsync(gate, "demo");
        var waiting = AcquireAsync(gate, "demo");
        Assert.False(waiting.IsCompleted);

        Change(new TenantOptions { Delivery = { Concurrency = 2 } });

        gate.Release(await waiting);
        gate.Release(first);
        Assert.Equal(0, gate.InFlight);
    }

    [Fact]
    public async Task A_rate_that_did_not_exist_limits_from_then_on()
    {
        using var gate = Gate();
        Change(new TenantOptions { Delivery = { Concurrency = 100, RatePerSecond = 4 } });

        gate.Release(await AcquireAsync(gate, "demo"));

        Assert.False(AcquireAsync(gate, "demo").IsCompleted);
    }

    [Fact]
    public async Task A_new_tenant_gets_permits_and_a_removed_one_is_no_longer_read()
    {
        using var gate = Gate();
        _options.Replace(
            new() { ["demo"] = _options.Tenants["demo"], ["other"] = new TenantOptions() },
            [new TenantChange("other", TenantChangeKind.Added, [])]);

        var permit = await AcquireAsync(gate, "other");

        Assert.Equal(["demo", "other"], gate.Read().Select(static reading => reading.Tenant).Order(StringComparer.Ordinal));
        _options.Replace(
            new() { ["demo"] = _options.Tenants["demo"] }, [new TenantChange("other", TenantChangeKind.Removed, [])]);
        gate.Release(permit); // What was under way ends as before.
        Assert.Equal("demo", Assert.Single(gate.Read()).Tenant);
    }

    private DeliveryGate Gate() => new(
        Microsoft.Extensions.Options.Options.Create(_options), new FakeStreamClient(), new FakeTimeProvider(),
        NullLogger<DeliveryGate>.Instance);

    private static Task<SendPermit> AcquireAsync(DeliveryGate gate, string tenant) =>
        gate.AcquireAsync(tenant, isRetry: false, ProbeRank.Backend, CancellationToken.None);

    /// <summary>As the host does it: the object stays, and its values are new.</summary>
    private void Change(TenantOptions next)
    {
        _options.Tenants["demo"].TakeOver(next);
        _options.Replace(new(_options.Tenants), [new TenantChange("demo", TenantChangeKind.Changed, ["Delivery"])]);
    }
}
