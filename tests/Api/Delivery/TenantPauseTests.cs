using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Delivery;

public sealed class TenantPauseTests
{
    [Fact]
    public async Task A_pause_says_who_and_why_and_a_resume_ends_it()
    {
        await using var api = await ApiHost.StartAsync();
        var paused = await api.PostAsync("/v1/delivery/pause", """{"reason":"key rotation"}""");
        Assert.Equal(HttpStatusCode.OK, paused.Status);
        Assert.Contains("\"reason\":\"key rotation\"", paused.Text, StringComparison.Ordinal);
        Assert.Contains("\"by\":\"demo-admin\"", paused.Text, StringComparison.Ordinal);

        var resumed = await api.PostAsync("/v1/delivery/resume", """{"reason":"done"}""");

        Assert.Equal("""{"pause":null,"trouble":"none","circuit_open":false,"waiting":0,"reason":null,"in_flight":0}""", resumed.Text);
    }

    [Fact]
    public async Task A_resume_tells_what_still_stands_in_the_way()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Tenant(ApiHost.Tenant).View = new TenantDeliveryView
        {
            Trouble = TenantTrouble.Misconfigured,
            TroubleSince = ApiHost.Now,
            TroubleStatus = 401,
            HeldUntil = ApiHost.Now,
            CircuitOpen = true,
            Waiting = 7,
        };

        var resumed = await api.PostAsync("/v1/delivery/resume", """{"reason":"done"}""");

        Assert.StartsWith(
            """{"pause":null,"trouble":"misconfigured","trouble_since":"2026-11-23T10:15:30.000Z","trouble_status":401,"""
            + """ "held_until":"2026-11-23T10:15:30.000Z","circuit_open":true,"waiting":7,""".TrimStart(),
            resumed.Text, StringComparison.Ordinal);
        var reason = resumed.Json.GetProperty("reason");
        Assert.Equal("upstream_misconfigured", reason.GetProperty("code").GetString());
        Assert.Equal(401, reason.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_pause_says_how_much_may_still_arrive()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Tenant(ApiHost.Tenant).View = new TenantDeliveryView { InFlight = 3 };

        var paused = (await api.PostAsync("/v1/delivery/pause", """{"reason":"key rotation"}""")).Json;

        Assert.Equal(3, paused.GetProperty("in_flight").GetInt32());
        Assert.Equal("tenant_paused", paused.GetProperty("reason").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("{}", "missing_reason")]
    [InlineData("[]", "wrong_type")]
    [InlineData("""{"reason":""}""", "wrong_type")]
    [InlineData("""{"reason":"  "}""", "wrong_type")]
    [InlineData("""{"reason":7}""", "wrong_type")]
    [InlineData("""{"reason":"r","until":"noon"}""", "unknown_member")]
    public async Task Nobody_stops_a_tenant_without_saying_why(string body, string code)
    {
        await using var api = await ApiHost.StartAsync();
        var answer = await api.PostAsync("/v1/delivery/pause", body);
        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, code);
        Assert.Null(api.Cluster.Tenant(ApiHost.Tenant).View.Pause);
    }

    [Fact]
    public async Task What_is_not_durable_is_not_done()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Fault = new SessionUnavailableException("The tenant's state cannot be saved now.");
        var answer = await api.PostAsync("/v1/delivery/pause", """{"reason":"key rotation"}""");
        answer.MustRefuse(HttpStatusCode.ServiceUnavailable, "unavailable");
    }
}
