using System.Text.Json;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SdkTests;

/// <summary>A visitor who shops, told by an SDK: the upstream cuts the session that the service tells of.</summary>
public sealed class JourneyTests
{
    private const int Events = 9;

    [Fact]
    public async Task A_shopping_journey_through_an_sdk_ends_in_a_converted_cart_on_both_sides()
    {
        await using var shop = await Shop.OpenAsync("Direct");
        using var sdk = await SdkClient.StartAsync("journey.mjs", shop.Settings());
        await sdk.FinishAsync();
        var sent = sdk.Requests.Where(static request => request.IsEvent).ToList();
        Assert.Equal(Events, sent.Count);
        Assert.All(sent, static request => Assert.Equal(201, request.Status));
        var browserId = sent[0].Body!["browser_id"]!.GetValue<string>();

        var kept = await shop.KeptAsync(browserId, arrived => Delivered.AreAll(sent, arrived));
        Delivered.MustBeWhole(sent, kept, resends: 0, edge: false);

        using var support = new JourneyClient(shop.Silo.Address);
        var told = Only((await support.GuestAsync($"browser:{browserId}")).GetProperty("sessions"));
        var cut = Only((await support.GetAsync(new Uri(shop.Upstream, $"/_emulator/sessions?browser_id={browserId}")))
            .GetProperty("items"));
        foreach (var member in (string[])["channel", "first_page", "last_page", "browser_id", "pos"])
            Assert.Equal(cut.GetProperty(member).GetString(), told.GetProperty(member).GetString());
        Assert.Equal(Events, told.GetProperty("events").GetInt32());
        Assert.Equal("CONVERTED", cut.GetProperty("cart_type").GetString(), ignoreCase: true);
        var cart = told.GetProperty("cart");
        Assert.Equal("CONVERTED", cart.GetProperty("type").GetString());
        Assert.Equal(1517.98m, cart.GetProperty("total").GetDecimal());
        Assert.Equal(2, cart.GetProperty("line_count").GetInt32());
    }

    private static JsonElement Only(JsonElement items) => Assert.Single(items.EnumerateArray());
}
