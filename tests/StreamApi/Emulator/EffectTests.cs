using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Effects;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Emulator;

/// <summary>What the upstream would keep, misread, swallow or refuse, and why.</summary>
public sealed class EffectTests
{
    private const string Order =
        ",\"order\":{\"referenceId\":\"HB-1\",\"orderedAt\":\"2026-11-23T10:20:00.000Z\","
        + "\"status\":\"PURCHASED\",\"currencyCode\":\"EUR\",\"price\":9.5,\"paymentType\":";

    [Theory]
    [InlineData("VIEW", "")]
    [InlineData("VIEW", ",\"ext\":{\"pageVariantId\":\"v7\",\"count\":2,\"firstFit\":true}")]
    [InlineData("VIEW", ",\"requested_at\":\"2026-11-23T06:23:46.688Z\",\"utm_source\":\"news\"")]
    [InlineData("SADDLE_FITTED", ",\"anything\":{\"at\":[\"all\"]}")]
    [InlineData("harbourbikes:CLICKED_PROMO", "")]
    [InlineData("SEARCH", ",\"product_name\":\"tourer\",\"product_type\":\"BIKE\"")]
    [InlineData("CLEAR_CART", "")]
    [InlineData("PAYMENT", ",\"pay_type\":\"Card\"")]
    [InlineData("FORM", ",\"ext\":{\"formId\":\"f1\",\"interactionType\":\"VIEWED\"}")]
    public async Task An_event_by_the_book_is_good(string type, string more)
    {
        var arrival = await TellAsync(type, more);
        Assert.Equal((Effect.Good, null), (arrival.Effect, arrival.Reason));
    }

    [Theory]
    [InlineData("view", "", "type_case", "/type")]
    [InlineData("TRACKING", "", "reserved_name", "/type")]
    [InlineData("SC_OWN", "", "reserved_name", "/type")]
    [InlineData("VIEW", ",\"channel\":\"web\"", "letter_case", "/channel")]
    [InlineData("VIEW", ",\"channel\":\"WAP\"", "unknown_value", "/channel")]
    [InlineData("VIEW", ",\"language\":\"en\"", "letter_case", "/language")]
    [InlineData("VIEW", ",\"currency\":\"euro\"", "format", "/currency")]
    [InlineData("VIEW", ",\"currency\":\"\"", "attribute_missing", "/currency")]
    [InlineData("VIEW", ",\"page\":7", "attribute_type", "/page")]
    [InlineData("VIEW", ",\"ext\":[]", "ext_not_object", "/ext")]
    [InlineData("VIEW", ",\"ext\":{\"a-b\":1}", "ext_name", "/ext/a-b")]
    [InlineData("VIEW", ",\"ext\":{\"a\":{}}", "ext_value", "/ext/a")]
    [InlineData("SEARCH", ",\"product_name\":\"x\",\"product_type\":\"FLIGHT\",\"flight_type\":\"OW\","
        + "\"origin\":\"DUB\",\"destination\":\"BERLIN\",\"start\":\"2026-11-23T10:00\"",
        "format", "/destination")]
    [InlineData("ADD", "", "attribute_missing", "/product")]
    [InlineData("ADD", ",\"product\":[{\"item_id\":\"A\"}]", "attribute_type", "/product")]
    [InlineData("CONFIRM", ",\"product\":[]", "attribute_missing", "/product")]
    [InlineData("CONFIRM", ",\"product\":[{\"item_id\":\"A\"}]", "confirm_without_add", "/product/0/item_id")]
    [InlineData("CHECKOUT", ",\"reference_id\":\"HB-1\",\"status\":\"PURCHASED\"", "checkout_without_confirm",
        "/type")]
    [InlineData("PAYMENT", ",\"pay_type\":\"CARD\"", "letter_case", "/pay_type")]
    [InlineData("ADD_CONTACTS", ",\"contact\":[{}]", "add_contacts_without_add", "/type")]
    [InlineData("ORDER_CHECKOUT", Order + "\"PayPal\"}", "order_before_identity", "/type")]
    [InlineData("ORDER_CHECKOUT", Order + "\"Card\"}", "attribute_missing", "/order/cardType")]
    [InlineData("IDENTITY", ",\"identifiers\":{\"provider\":\"CRM\",\"id\":\"1\"}", "attribute_type",
        "/identifiers")]
    [InlineData("IDENTITY", ",\"identifiers\":[{\"provider\":\"CRM\"}]", "attribute_missing",
        "/identifiers/0/id")]
    [InlineData("IDENTITY", ",\"identifiers\":[{\"provider\":\"crm\",\"id\":\"1\"}]", "no_identity_rule",
        "/identifiers")]
    [InlineData("IDENTITY", ",\"identifiers\":[{\"provider\":\"CRM\",\"id\":\"1\"}],\"dob\":\"1990-02-03\"",
        "format", "/dob")]
    public async Task What_the_upstream_takes_otherwise_is_misread(
        string type, string more, string reason, string path)
    {
        var arrival = await TellAsync(type, more);
        Assert.Equal((Fate.Kept, Effect.Misread, 201), (arrival.Fate, arrival.Effect, arrival.Status));
        Assert.Contains(
            arrival.Findings!,
            found => (found.Effect, found.Code, found.Path) == (Effect.Misread, reason, path));
    }

    [Theory]
    [InlineData("VIEW", ",\"language\":\"\"", "attribute_missing", Basis.Observed)]
    [InlineData("VIEW", ",\"ext\":{\"basket_size\":2}", "ext_name", Basis.Observed)]
    [InlineData("VIEW", ",\"ext\":{\"sizes\":[1,2]}", "ext_value", Basis.Observed)]
    [InlineData("LOGIN", "", "reserved_name", Basis.Observed)]
    [InlineData("clicked", "", "letter_case", Basis.Documented)]
    [InlineData("VIEW", ",\"requested_at\":\"2020-11-23T06:23:46.688Z\"", "clock_skew", Basis.Inferred)]
    public async Task What_is_only_odd_is_remarked_and_good(string type, string more, string code, Basis basis)
    {
        var arrival = await TellAsync(type, more);
        Assert.Equal(Effect.Good, arrival.Effect);
        Assert.Contains(arrival.Findings!, found => (found.Code, found.Basis) == (code, basis));
    }

    [Fact]
    public async Task The_51st_attribute_of_ext_is_too_many()
    {
        var fifty = string.Join(',', Enumerable.Range(0, 50).Select(at => $"\"a{at}\":1"));
        Assert.Equal(Effect.Good, (await TellAsync("VIEW", $",\"ext\":{{{fifty}}}")).Effect);
        Assert.Equal("ext_over_50", (await TellAsync("VIEW", $",\"ext\":{{{fifty},\"more\":1}}")).Reason);
    }

    [Fact]
    public async Task An_attribute_of_ext_keeps_its_type_within_an_event_type()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        Arrival[] good =
        [
            await upstream.TellAsync(browser, "VIEW", ",\"ext\":{\"size\":1}"),
            await upstream.TellAsync(browser, "FITTED", ",\"ext\":{\"size\":\"M\"}"),
            await upstream.TellAsync(browser, "VIEW", ",\"ext\":{\"size\":1.5}"),
        ];
        Assert.All(good, arrival => Assert.Equal(Effect.Good, arrival.Effect));
        var drifted = await upstream.TellAsync(
            await upstream.NewBrowserIdAsync(), "VIEW", ",\"ext\":{\"size\":\"M\"}");
        Assert.Equal((Effect.Misread, "ext_type_conflict"), (drifted.Effect, drifted.Reason));
    }

    [Fact]
    public async Task A_swallowed_event_says_so_and_what_else_is_wrong_with_it()
    {
        var arrival = await TellAsync("VIEW", ",\"pos\":\"elsewhere\",\"channel\":\"web\"");
        Assert.Equal(
            (Fate.Swallowed, Effect.Swallowed, "unknown_point_of_sale", 201),
            (arrival.Fate, arrival.Effect, arrival.Reason, arrival.Status));
        Assert.Contains(arrival.Findings!, found => found.Code == "letter_case");
    }

    [Fact]
    public async Task A_refused_event_has_the_effect_refused()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var arrival = await upstream.TellAsync("5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11");
        var finding = Assert.Single(arrival.Findings!);
        Assert.Equal(
            (Effect.Refused, "unknown_browser_id", "/browser_id"),
            (arrival.Effect, finding.Code, finding.Path));
    }

    [Fact]
    public async Task The_same_content_at_once_is_remarked_where_it_counts_twice()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        Assert.Null((await upstream.TellAsync(browser)).Findings);
        Assert.Equal("same_again", Assert.Single((await upstream.TellAsync(browser)).Findings!).Code);
        Assert.Null((await upstream.TellAsync(browser, more: ",\"n\":1")).Findings);
        Assert.Equal(
            3, Assert.Single(upstream.Emulator.Sessions.Of(browser)).Counts["VIEW"]);
    }

    [Fact]
    public async Task The_101st_event_pushes_one_out_of_sight()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        for (var i = 0; i < 100; i++)
            Assert.Equal(Effect.Good, (await upstream.TellAsync(browser, more: $",\"n\":{i}")).Effect);
        Assert.Equal("session_over_100", (await upstream.TellAsync(browser)).Reason);
        var session = Assert.Single(upstream.Emulator.Sessions.Of(browser));
        Assert.Equal((101, 100), (session.Counts["VIEW"], session.Events.Count));
        Assert.Equal(upstream.Emulator.Arrivals.Since()[^1].Number, session.Events[^1]);
    }

    private static async Task<Arrival> TellAsync(string type, string more)
    {
        await using var upstream = await RunningEmulator.StartAsync(
            new Microsoft.Extensions.Time.Testing.FakeTimeProvider(
                new DateTimeOffset(2026, 11, 23, 6, 23, 46, TimeSpan.Zero)));
        return await upstream.TellAsync(await upstream.NewBrowserIdAsync(), type, more);
    }
}
