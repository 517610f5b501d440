using System.Text.Json.Nodes;

namespace GuestSessions.SdkTests;

/// <summary>
/// Every page of the console of the real service, in Chromium, narrow and wide, light and dark. <c>SCREENSHOTS</c> names a folder
/// for a picture of each.
/// </summary>
public sealed class ConsolePagesTests
{
    /// <summary>46 pages, on a machine that many share.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task On_every_page_axe_finds_nothing_and_nothing_is_wider_than_the_window(int width)
    {
        await using var shop = await Shop.OpenAsync("Direct");
        var settings = shop.Settings();
        settings["upstream"] = shop.Upstream.ToString().TrimEnd('/');
        settings["widths"] = new JsonArray(width);
        settings["shots"] = Environment.GetEnvironmentVariable("SCREENSHOTS");
        if (settings["shots"] is not null)
            settings["settle"] = 70_000; // The first minute of the history.
        using var visitor = await SdkClient.StartAsync("pages.mjs", settings, Patience);
        await visitor.FinishAsync();

        Assert.Empty(visitor.Lines.Select(static line => line["problem"]?.GetValue<string>()).OfType<string>());
        Assert.Equal(23 * 2, visitor.Lines.Select(static line => line["page"]).OfType<JsonNode>().Count());
    }
}
