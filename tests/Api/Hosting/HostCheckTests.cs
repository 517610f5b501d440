using System.Net;

namespace GuestSessions.Api.Tests.Hosting;

public sealed class HostCheckTests
{
    [Theory]
    [InlineData("sessions.example", true)]
    [InlineData("SESSIONS.example:8443", true)]
    [InlineData("eu.shop.example", true)]
    [InlineData("shop.example", false)]
    [InlineData("evil.example", false)]
    [InlineData("sessions.example.evil.example", false)]
    [InlineData("127.0.0.1", false)]
    public async Task Only_hosts_that_are_named_are_served(string host, bool served)
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["AllowedHosts"] = "sessions.example; *.shop.example" });

        var answer = await GetAsync(api, "/openapi/v1.json", host);
        var health = await GetAsync(api, "/health/live", host);

        if (served)
            Assert.Equal(HttpStatusCode.OK, answer.Status);
        else
            answer.MustRefuse(HttpStatusCode.BadRequest, "host_not_allowed");
        Assert.Equal(HttpStatusCode.OK, health.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*")]
    public async Task Without_a_list_every_host_is_served_and_none_comes_back(string? allowed)
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?> { ["AllowedHosts"] = allowed });

        foreach (var path in (string[])["/openapi/v1.json", "/health/live", "/v1/guests/cust-42", "/nothing"])
        {
            var answer = await GetAsync(api, path, "evil.example");
            Assert.DoesNotContain("evil", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("evil", answer.Message.Headers.ToString(), StringComparison.Ordinal);
        }
    }

    private static async Task<Answer> GetAsync(ApiHost api, string path, string host)
    {
        using var client = api.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        return await Answer.ReadAsync(await client.SendAsync(request));
    }
}
