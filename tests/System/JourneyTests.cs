using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>A guest who shops, from the first page to the order, through the real process to the emulator.</summary>
public sealed class JourneyTests
{
    private const string Guest = "cust-42";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_shopping_journey_arrives_whole_and_is_reported_as_the_upstream_sees_it()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Tenants:demo:Rules:IdentityRules:0", "CRM_ID"));
        await silo.StartAsync();
        using var client = new JourneyClient(silo.Address);

        for (var i = 0; i < Journey.Steps.Count; i++)
        {
            var envelope = $$"""{"event_id":"e{{i}}","event":{{Journey.Steps[i]}}}""";
            var tried = await client.PostAsync("/v1/validate", $$"""{"guest":"{{Guest}}",{{envelope[1..]}}""");
            var result = await client.PostAsync($"/v1/guests/{Guest}/events", envelope);

            Assert.Equal("accepted", Result(tried).GetProperty("status").GetString());
            Assert.Equal("accepted", Result(result).GetProperty("status").GetString());
            Assert.False(Result(result).TryGetProperty("warnings", out var warnings), warnings.ToString());
        }

        await Eventually.TrueAsync(
            async () => await client.DeliveredAsync(Guest) == Journey.Steps.Count, Patience, "everything is delivered");

        var arrived = await client.GetAsync(new Uri(upstream.Address, "/_emulator/events"));
        Assert.Equal(
            Journey.Steps.Select(WithDefaults), arrived.GetProperty("items").EnumerateArray().Select(Received));
        await SessionsAgreeAsync(client, upstream.Address);
    }

    [Fact]
    public async Task What_is_wrong_with_a_journey_is_reported_before_it_costs_an_event()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(
            upstream.Address, ("Tenants:demo:Rules:IdentityRules:0", "CRM_ID"), ("Tenants:demo:Rules:Strict", "true"));
        await silo.StartAsync();
        using var client = new JourneyClient(silo.Address);

        foreach (var (body, code) in Journey.Mistakes)
        {
            var envelope = $$"""{"event":{{body}}}""";
            var refused = await client.PostAsync($"/v1/guests/{Guest}/events", envelope);
            var tried = await client.PostAsync("/v1/validate", $$"""{"guest":"{{Guest}}",{{envelope[1..]}}""");

            Assert.Equal(code, refused.GetProperty("code").GetString());
            Assert.Equal(code, Result(tried).GetProperty("code").GetString());
        }

        var listed = await client.GetAsync(new Uri(silo.Address, "/v1/rejections"));
        Assert.Equal(
            Journey.Mistakes.Select(mistake => mistake.Code).Reverse(),
            listed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString()));
        Assert.Empty(upstream.Arrivals);
    }

    [Fact]
    public async Task Closing_sends_a_forced_close_where_the_tenant_allows_it()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Tenants:demo:Rules:AllowForceClose", "true"));
        await silo.StartAsync();
        using var client = new JourneyClient(silo.Address);
        await client.PostAsync($"/v1/guests/{Guest}/events", $$"""{"event":{{Journey.Steps[0]}}}""");

        var closed = await client.PostAsync($"/v1/guests/{Guest}/sessions/close", "");
        await Eventually.TrueAsync(async () => await client.DeliveredAsync(Guest) == 2, Patience, "both are delivered");

        Assert.Equal(1, closed.GetProperty("closed").GetInt32());
        var session = (await client.GuestAsync(Guest)).GetProperty("sessions")[0];
        Assert.Equal("CLOSED", session.GetProperty("state").GetString());
        var seen = (await client.GetAsync(new Uri(upstream.Address, "/_emulator/sessions"))).GetProperty("items")[0];
        Assert.Equal("closed", seen.GetProperty("state").GetString(), ignoreCase: true);
    }

    /// <summary>What the service says of the session, and what the upstream cut.</summary>
    private static async Task SessionsAgreeAsync(JourneyClient client, Uri upstream)
    {
        var told = Assert.Single((await client.GuestAsync(Guest)).GetProperty("sessions").EnumerateArray());
        var cut = Assert.Single((await client.GetAsync(new Uri(upstream, "/_emulator/sessions")))
            .GetProperty("items").EnumerateArray());

        foreach (var member in (string[])["channel", "first_page", "last_page", "browser_id", "pos"])
            Assert.Equal(cut.GetProperty(member).GetString(), told.GetProperty(member).GetString());
        Assert.Equal(Counts(cut), Counts(told));
        Assert.Equal(Journey.Steps.Count, told.GetProperty("events").GetInt32());
        var cart = told.GetProperty("cart");
        Assert.Equal("CONVERTED", cart.GetProperty("type").GetString());
        Assert.Equal(1517.98m, cart.GetProperty("total").GetDecimal());
        Assert.Equal(2, cart.GetProperty("line_count").GetInt32());
    }

    private static JsonElement Result(JsonElement answer)
        => answer.TryGetProperty("results", out var results) ? results[0] : answer;

    private static IEnumerable<string> Counts(JsonElement session) => session.GetProperty("counts").EnumerateObject()
        .Select(type => $"{type.Name} {type.Value}").Order(StringComparer.Ordinal);

    private static string WithDefaults(string step)
    {
        var body = JsonNode.Parse(step)!.AsObject();
        body["channel"] = "WEB";
        body["language"] = "EN";
        body["currency"] = "EUR";
        return Sorted(body);
    }

    private static string Received(JsonElement arrival)
    {
        var body = JsonNode.Parse(arrival.GetProperty("body").GetRawText())!.AsObject();
        Assert.True(body.Remove("client_key") && body.Remove("browser_id"));
        return Sorted(body);
    }

    private static string Sorted(JsonObject body) => string.Join(
        '\n', body.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"{member.Key}={member.Value?.ToJsonString()}"));
}
