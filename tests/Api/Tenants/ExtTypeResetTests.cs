using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Tenants;

/// <summary>What was learned of ext attributes can be read, and reset by an administrator with a reason.</summary>
public sealed class ExtTypeResetTests
{
    [Fact]
    public async Task What_was_learned_is_read_page_by_page_and_by_event_type()
    {
        await using var api = await StartAsync();

        var first = (await api.GetAsync("/v1/ext-types?limit=2")).Json;
        var second = (await api.GetAsync($"/v1/ext-types?limit=2&after={first.GetProperty("next").GetString()}")).Json;

        Assert.Equal(
            """{"type":"ADD","name":"size","value_type":"number","since":"2026-11-23T10:15:30.000Z"}""",
            first.GetProperty("items")[0].GetRawText());
        Assert.Equal("color", Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        Assert.Single((await api.GetAsync("/v1/ext-types?type=ADD")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_reset_forgets_what_it_names_and_says_how_much()
    {
        await using var api = await StartAsync();

        var answer = await api.PostAsync("/v1/ext-types/reset", """{"reason":"numbers now","type":"VIEW","name":"price"}""");

        Assert.Equal((HttpStatusCode.OK, """{"forgotten":1}"""), (answer.Status, answer.Text));
        Assert.Equal(new ActMessage("demo-admin", "numbers now"), api.Cluster.ExtTypes(ApiHost.Tenant).ResetBy);
        Assert.Equal(2, api.Cluster.ExtTypes(ApiHost.Tenant).Stored.Count);
    }

    [Theory]
    [InlineData("{}", "missing_reason")]
    [InlineData("""{"reason":"r","type":7}""", "wrong_type")]
    [InlineData("""{"reason":"r","event_type":"VIEW"}""", "unknown_member")]
    public async Task A_reset_with_an_invalid_body_is_answered_422_and_forgets_nothing(string body, string code)
    {
        await using var api = await StartAsync();

        (await api.PostAsync("/v1/ext-types/reset", body)).MustRefuse(HttpStatusCode.UnprocessableEntity, code);

        Assert.Equal(3, api.Cluster.ExtTypes(ApiHost.Tenant).Stored.Count);
    }

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Cluster.ExtTypes(ApiHost.Tenant).Stored.AddRange(
        [
            new LearnedExtType(new ExtAttribute("ADD", "size", ExtType.Number), ApiHost.Now),
            new LearnedExtType(new ExtAttribute("VIEW", "price", ExtType.Text), ApiHost.Now),
            new LearnedExtType(new ExtAttribute("VIEW", "color", ExtType.Text), ApiHost.Now),
        ]);
        return api;
    }
}
