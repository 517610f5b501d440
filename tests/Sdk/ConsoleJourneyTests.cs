using System.Text.Json.Nodes;

namespace GuestSessions.SdkTests;

/// <summary>
/// A support agent at the console of the real service, in Chromium: finds a guest by its e-mail and resolves an order in
/// doubt, finds another by its order and redrives it. Axe looks at every page on the way.
/// </summary>
public sealed class ConsoleJourneyTests
{
    [Fact]
    public async Task With_a_script_an_agent_resolves_redrives_and_watches_it_arrive_and_axe_finds_nothing()
    {
        var told = await WalkAsync("mouse");

        Assert.Equal("delivered", Told(told, "resolved"));
        Assert.Equal("delivered", Told(told, "redriven"));
        Assert.Equal(3, told.Select(static line => line["outcomes"]).OfType<JsonNode>().Single().GetValue<int>());
        Assert.InRange(told.Select(static line => line["checked"]).OfType<JsonNode>().Single().GetValue<int>(), 10, 100);
    }

    [Theory]
    [InlineData("keyboard")]
    [InlineData("no script")]
    public async Task With_the_keyboard_alone_and_without_a_script_an_order_is_redriven_all_the_same(string way) =>
        Assert.Equal("delivered", Told(await WalkAsync(way), "redriven"));

    private static async Task<IReadOnlyList<JsonObject>> WalkAsync(string way)
    {
        await using var shop = await Shop.OpenAsync("Direct");
        var settings = shop.Settings();
        settings["upstream"] = shop.Upstream.ToString().TrimEnd('/');
        settings["way"] = way;
        using var agent = await SdkClient.StartAsync("console.mjs", settings);
        await agent.FinishAsync();
        Assert.Empty(agent.Lines.Select(static line => line["problem"]?.GetValue<string>()).OfType<string>());
        return agent.Lines;
    }

    private static string? Told(IReadOnlyList<JsonObject> told, string what) =>
        told.Select(line => line[what]).OfType<JsonNode>().Single().GetValue<string>();
}
