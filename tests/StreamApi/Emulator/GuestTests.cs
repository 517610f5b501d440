using System.Net.Http.Json;
using System.Text.Json;
using GuestSessions.Emulator;
using GuestSessions.Emulator.Guests;
using GuestSessions.Emulator.Sessions;
using GuestSessions.Emulator.Effects;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Emulator;

/// <summary>Who a guest is, by the identity rules of the tenant.</summary>
public sealed class GuestTests
{
    private const string Order =
        ",\"order\":{\"referenceId\":\"HB-1\",\"orderedAt\":\"2026-11-23T10:20:00.000Z\","
        + "\"status\":\"PURCHASED\",\"currencyCode\":\"EUR\",\"price\":9.5,\"paymentType\":\"PayPal\"}";

    [Fact]
    public async Task A_browser_without_an_identity_is_a_visitor()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        Assert.Null(upstream.Emulator.Guests.Of(browser));
        await upstream.TellAsync(browser);
        var guest = upstream.Emulator.Guests.Of(browser)!;
        Assert.Equal(GuestType.Visitor, guest.Type);
        Assert.Equal(await ShownAsync(upstream, browser), guest.Ref.ToString());
    }

    [Fact]
    public async Task An_identifier_by_a_rule_makes_a_customer_who_can_order()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        var early = await upstream.TellAsync(browser, "ORDER_CHECKOUT", Order);
        Assert.Equal("order_before_identity", early.Reason);
        await upstream.TellAsync(browser, "IDENTITY", Known("CRM", "C-7"));
        Assert.Equal(Effect.Good, (await upstream.TellAsync(browser, "ORDER_CHECKOUT", Order)).Effect);
        var guest = upstream.Emulator.Guests.Of(browser)!;
        Assert.Equal(GuestType.Customer, guest.Type);
        Assert.Equal([new GuestIdentifier("CRM", "C-7")], guest.Identifiers);
        var session = Assert.Single(upstream.Emulator.Sessions.Of(browser));
        Assert.Equal((CartType.Converted, 1), (session.CartType, session.Cart.Orders.Count));
    }

    [Fact]
    public async Task A_provider_of_no_rule_leaves_a_visitor()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        var told = await upstream.TellAsync(browser, "IDENTITY", Known("Crm", "C-7"));
        Assert.Equal("no_identity_rule", told.Reason);
        var guest = upstream.Emulator.Guests.Of(browser)!;
        Assert.Equal(GuestType.Visitor, guest.Type);
        Assert.Empty(guest.Identifiers);
    }

    [Fact]
    public async Task A_known_identifier_moves_the_browser_and_retires_the_visitor()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var first = await upstream.NewBrowserIdAsync();
        var second = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(first, "IDENTITY", Known("CRM", "C-7"));
        await upstream.TellAsync(second);
        var visitor = upstream.Emulator.Guests.Of(second)!;
        var told = await upstream.TellAsync(second, "IDENTITY", Known("CRM", "C-7"));

        Assert.Contains(told.Findings!, found => found.Code == "profile_retired");
        var customer = upstream.Emulator.Guests.Of(second)!;
        Assert.Equal(upstream.Emulator.Guests.Of(first)!.Ref, customer.Ref);
        Assert.Equal([first, second], customer.BrowserIds);
        var retired = Assert.Single(upstream.Emulator.Guests.All, guest => guest.Ref == visitor.Ref);
        Assert.Equal((GuestType.Retired, customer.Ref), (retired.Type, retired.RetiredFor));
        Assert.Empty(retired.BrowserIds);
        Assert.Equal(await ShownAsync(upstream, first), await ShownAsync(upstream, second));
    }

    [Fact]
    public async Task The_first_rule_that_finds_a_profile_wins_and_nothing_is_merged()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var crm = await upstream.NewBrowserIdAsync();
        var mail = await upstream.NewBrowserIdAsync();
        var both = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(mail, "IDENTITY", Known("email", "a@b.example"));
        await upstream.TellAsync(crm, "IDENTITY", Known("CRM", "C-7"));
        var told = await upstream.TellAsync(both, "IDENTITY",
            ",\"identifiers\":[{\"provider\":\"email\",\"id\":\"a@b.example\"},"
            + "{\"provider\":\"CRM\",\"id\":\"C-7\"}]");
        Assert.Equal("profiles_not_merged", told.Reason);
        Assert.Equal(upstream.Emulator.Guests.Of(crm)!.Ref, upstream.Emulator.Guests.Of(both)!.Ref);
        Assert.Equal(GuestType.Customer, upstream.Emulator.Guests.Of(mail)!.Type);
    }

    [Fact]
    public async Task The_rules_are_those_of_the_settings()
    {
        await using var upstream = await RunningEmulator.StartAsync(configure: settings =>
            settings.IdentityRules.Add(new IdentityRule { Name = "Loyalty", Provider = "LOYALTY" }));
        var browser = await upstream.NewBrowserIdAsync();
        var unknown = await upstream.TellAsync(browser, "IDENTITY", Known("CRM", "1"));
        var known = await upstream.TellAsync(browser, "IDENTITY", Known("LOYALTY", "1"));
        Assert.Equal(("no_identity_rule", null), (unknown.Reason, known.Reason));
    }

    [Fact]
    public async Task Only_so_many_profiles_are_kept()
    {
        await using var upstream = await RunningEmulator.StartAsync(
            configure: settings => settings.GuestsKept = 2);
        var browsers = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            browsers.Add(await upstream.NewBrowserIdAsync());
            await upstream.TellAsync(browsers[i], "IDENTITY", Known("CRM", $"C-{i}"));
        }

        Assert.Equal(2, upstream.Emulator.Guests.All.Count);
        Assert.Null(upstream.Emulator.Guests.Of(browsers[0]));

        // The identifier of the first is free again.
        await upstream.TellAsync(browsers[3], "IDENTITY", Known("CRM", "C-0"));
        Assert.Equal(2, upstream.Emulator.Guests.Of(browsers[3])!.Identifiers.Count);
    }

    private static string Known(string provider, string id) =>
        $",\"identifiers\":[{{\"provider\":\"{provider}\",\"id\":\"{id}\"}}]";

    private static async Task<string?> ShownAsync(RunningEmulator upstream, string browser)
    {
        var shown = await upstream.Http.GetFromJsonAsync<JsonElement>(
            $"/v1.2/browser/{browser}/show.json?client_key=key-1&api_token=key-1");
        return shown.GetProperty("customer").GetProperty("ref").GetString();
    }
}
