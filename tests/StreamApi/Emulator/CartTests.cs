using GuestSessions.Emulator.Sessions;
using GuestSessions.Emulator.Effects;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Emulator;

/// <summary>Carts are of one session, and an order is made of one session's events.</summary>
public sealed class CartTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(20);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_last_ADD_of_an_item_counts()
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(browser, "ADD", Product("TOUR2", 1, "749.5"));
        await upstream.TellAsync(browser, "ADD", Product("LOCK", 2, "20"));
        await upstream.TellAsync(browser, "ADD", Product("TOUR2", 2, "700"));

        var cart = Assert.Single(upstream.Emulator.Sessions.Of(browser)).Cart;
        Assert.Equal(["TOUR2", "LOCK"], cart.Lines.Select(line => line.ItemId));
        Assert.Equal((1400m, 1440m), (cart.Lines[0].Value, cart.Value));
    }

    [Theory]
    [InlineData("\"2.5\"")]
    [InlineData("null")]
    [InlineData("1e20")]
    public async Task The_value_of_what_is_no_number_is_unknown(string price)
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(browser, "ADD", Product("TOUR2", 2, price));
        await upstream.TellAsync(browser, "ADD", Product("LOCK", 2, "20"));
        _time.Advance(Timeout);

        var session = Assert.Single(upstream.Emulator.Sessions.Of(browser));
        Assert.Equal((null, null, 40m), (session.Cart.Lines[0].Price, session.Cart.Lines[0].Value, session.Cart.Lines[1].Value));
        Assert.Equal((CartType.Abandoned, null, null), (session.CartType, session.Cart.Value, session.AbandonedRevenue));
    }

    [Fact]
    public async Task A_cart_without_an_order_is_abandoned_when_its_session_closes()
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(browser, "ADD", Product("TOUR2", 2, "749.5"));
        var open = Assert.Single(upstream.Emulator.Sessions.Of(browser));
        Assert.Equal((null, null), (open.CartType, open.AbandonedRevenue));
        _time.Advance(Timeout);
        var closed = Assert.Single(upstream.Emulator.Sessions.Of(browser));
        Assert.Equal((CartType.Abandoned, 1499m), (closed.CartType, closed.AbandonedRevenue));
    }

    [Fact]
    public async Task A_session_without_products_browsed()
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(browser);
        await upstream.TellAsync(browser, "ADD", Product("TOUR2", 1, "1"));
        await upstream.TellAsync(browser, "CLEAR_CART");
        await upstream.TellAsync(browser, "FORCE_CLOSE");
        var session = Assert.Single(upstream.Emulator.Sessions.Of(browser));
        Assert.Equal((SessionState.Closed, CartType.Browsed), (session.State, session.CartType));
    }

    [Fact]
    public async Task An_order_of_several_events_converts_its_session()
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        Effect?[] effects =
        [
            (await upstream.TellAsync(browser, "ADD", Product("TOUR2", 1, "749.5"))).Effect,
            (await upstream.TellAsync(browser, "ADD_CONTACTS", ",\"contact\":[{\"title\":\"Dr\"}]")).Effect,
            (await upstream.TellAsync(browser, "CONFIRM", Confirmed("TOUR2"))).Effect,
            (await upstream.TellAsync(browser, "CHECKOUT", Checkout)).Effect,
        ];
        Assert.Equal([Effect.Good, Effect.Good, Effect.Good, Effect.Good], effects);
        var session = Assert.Single(upstream.Emulator.Sessions.Of(browser));
        Assert.Equal((CartType.Converted, 1), (session.CartType, session.Cart.Contacts));
        Assert.Equal(["HB-7781"], session.Cart.Orders);
        Assert.True(session.Cart.Lines[0].Confirmed);
    }

    [Theory]
    [InlineData("CHECKOUT", ",\"reference_id\":\"HB-7781\",\"status\":\"CANCELLED\"")]
    [InlineData("CHECKOUT", ",\"reference_id\":\"HB-7781\",\"status\":\"REFUNDED\"")]
    public async Task An_order_that_is_called_off_converts_nothing(string type, string more)
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(browser, "ADD", Product("TOUR2", 1, "749.5"));
        await upstream.TellAsync(browser, "CONFIRM", Confirmed("TOUR2"));

        var told = await upstream.TellAsync(browser, type, more);

        Assert.Equal(Effect.Good, told.Effect);
        Assert.Null(Assert.Single(upstream.Emulator.Sessions.Of(browser)).CartType);
        _time.Advance(Timeout);
        Assert.Equal(CartType.Abandoned, Assert.Single(upstream.Emulator.Sessions.Of(browser)).CartType);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(",\"channel\":\"MOBILE_APP\"", false)]
    [InlineData("", true)]
    public async Task An_order_spread_over_sessions_is_none(string channel, bool late)
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(browser, "ADD", Product("TOUR2", 1, "749.5"));
        if (late)
            _time.Advance(Timeout);
        var expected = channel.Length > 0 || late ? "cart_across_sessions" : null;
        var told = await upstream.TellAsync(browser, "CONFIRM", Confirmed("TOUR2") + channel);
        Assert.Equal(expected, told.Reason);
    }

    [Fact]
    public async Task A_checkout_does_not_find_what_another_session_confirmed()
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(browser, "ADD", Product("TOUR2", 1, "749.5"));
        await upstream.TellAsync(browser, "CONFIRM", Confirmed("TOUR2"));
        _time.Advance(Timeout);
        var told = await upstream.TellAsync(browser, "CHECKOUT", Checkout);
        Assert.Equal("cart_across_sessions", told.Reason);
        Assert.All(
            upstream.Emulator.Sessions.Of(browser),
            session => Assert.NotEqual(CartType.Converted, session.CartType));
    }

    private const string Checkout = ",\"reference_id\":\"HB-7781\",\"status\":\"PURCHASED\"";

    private static string Confirmed(string item) => $",\"product\":[{{\"item_id\":\"{item}\"}}]";

    private static string Product(string item, int quantity, string price) =>
        $",\"product\":{{\"type\":\"BIKE\",\"item_id\":\"{item}\",\"name\":\"Tourer\",\"productId\":\"T\","
        + "\"referenceId\":\"R\",\"orderedAt\":\"2026-11-23T10:15:30.000Z\",\"currency\":\"EUR\","
        + $"\"quantity\":{quantity},\"price\":{price}}}";
}
