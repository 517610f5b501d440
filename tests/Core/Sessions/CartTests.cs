using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>Carts as the upstream keeps them.</summary>
public sealed class CartTests
{
    private readonly Given _given = new();

    private UpstreamSession Session => _given.Session.Sessions.All[^1];

    private CartType? TypeAtTheEnd => Session.CartTypeAt(_given.Now + Session.Timeout);

    [Fact]
    public void The_last_add_of_an_item_wins()
    {
        Add("a", "BIKE", 1, "749.50");
        Add("b", "LOCK", 2, "10");
        Add("c", "BIKE", 3, "700");

        Assert.Equal(
            [new CartLine("BIKE", 3, 700), new CartLine("LOCK", 2, 10)], Session.Cart!.Lines!);
        Assert.Equal(2120m, Session.Cart.Total);
    }

    [Theory]
    [InlineData("\"2.5\"")]
    [InlineData("null")]
    [InlineData("1e20")]
    public void The_total_of_what_is_no_number_is_unknown_until_it_is_cleared(string price)
    {
        Add("a", "BIKE", 1, price);
        Assert.Equal((1, null), (Session.Cart!.Count, Session.Cart.Total));

        _given.Record("b", "CLEAR_CART");

        Assert.Equal((0, 0m), (Session.Cart!.Count, Session.Cart.Total));
        Assert.Equal(0m, Session.Cart.ToSummary().Total);
    }

    [Fact]
    public void A_session_without_a_cart_was_browsed()
    {
        _given.Record("a");

        Assert.Equal(CartType.Browsed, Session.CartTypeAt(_given.Now));
        Assert.Equal(CartType.Browsed, TypeAtTheEnd);
    }

    [Fact]
    public void A_cart_without_an_order_is_abandoned_once_its_session_closes()
    {
        Add("a", "BIKE", 1, "749.50");

        Assert.Null(Session.CartTypeAt(_given.Now));
        Assert.Equal(CartType.Abandoned, TypeAtTheEnd);
    }

    [Theory]
    [InlineData("CHECKOUT", """{"type":"CHECKOUT","reference_id":"R","status":"PURCHASED"}""", CartType.Converted)]
    [InlineData("CHECKOUT", """{"type":"CHECKOUT","reference_id":"R","status":"cancelled"}""", CartType.Abandoned)]
    [InlineData("ORDER_CHECKOUT", """{"type":"ORDER_CHECKOUT","order":{"status":"PAYMENT_PENDING"}}""", CartType.Converted)]
    public void An_order_converts_its_session(string type, string body, CartType expected)
    {
        Add("a", "BIKE", 1, "749.50");
        _given.Record("confirm", "CONFIRM", """{"product":[{"item_id":"BIKE"}]}""");
        _given.Record("b", type, body);

        Assert.Equal(expected, TypeAtTheEnd);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"item_id":"GHOST"}]""")]
    public void A_checkout_of_nothing_confirmed_is_no_order(string confirmed)
    {
        Add("a", "BIKE", 1, "749.50");
        _given.Record("confirm", "CONFIRM", $$"""{"product":{{confirmed}} }""");
        _given.Record("b", "CHECKOUT", """{"status":"PURCHASED"}""");

        Assert.Equal(CartType.Abandoned, TypeAtTheEnd);
    }

    [Fact]
    public void Clearing_the_cart_forgets_it()
    {
        Add("a", "BIKE", 1, "749.50");
        _given.Record("b", "CLEAR_CART");

        Assert.Equal(0, Session.Cart!.Count);
        Assert.Equal(CartType.Browsed, TypeAtTheEnd);
    }

    [Fact]
    public void Each_session_has_a_cart_of_its_own()
    {
        Add("a", "BIKE", 1, "749.50");
        _given.Record("b", channel: "MOBILE_APP");

        Assert.Null(Session.Cart);
    }

    [Fact]
    public void A_cart_keeps_so_many_lines_and_says_that_there_were_more()
    {
        var given = new Given(new SessionLimits { CartLines = 2 });
        foreach (var item in (string[])["A", "B", "C"])
            given.Record(item, "ADD", Product(item, 1, "1"));
        given.Record("again", "ADD", Product("B", 5, "1"));

        var cart = given.Session.Sessions.All[0].Cart!;
        Assert.Equal((2, true, 6m), (cart.Count, cart.Partial, cart.Total));
    }

    [Theory]
    [InlineData("""{"product":{"item_id":"A","price":2}}""")]
    [InlineData("""{"product":{"item_id":"A","quantity":"1","price":2}}""")]
    [InlineData("""{"product":{"item_id":"A","quantity":1e300,"price":2}}""")]
    public void A_line_without_usable_numbers_leaves_the_total_open(string body)
    {
        _given.Record("a", "ADD", body);

        Assert.Equal((1, null), (Session.Cart!.Count, Session.Cart.Total));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"product":[]}""")]
    [InlineData("""{"product":{"item_id":7}}""")]
    public void What_names_no_item_adds_none(string body)
    {
        _given.Record("a", "ADD", body);

        Assert.Null(Session.Cart);
    }

    [Fact]
    public void Carts_of_older_sessions_are_summed_up()
    {
        var given = new Given(new SessionLimits { CartsInFull = 1 });
        given.Record("a", "ADD", Product("BIKE", 2, "749.50"));
        given.Now += TimeSpan.FromHours(1);
        given.Record("b");

        var old = given.Session.Sessions.All[0];
        Assert.Null(old.Cart!.Lines);
        Assert.Equal((1, 1499m, CartType.Abandoned), (old.Cart.Count, old.Cart.Total, old.CartTypeAt(given.Now)));
    }

    [Fact]
    public void A_snapshot_keeps_carts()
    {
        Add("a", "BIKE", 1, "749.50");
        _given.Record("b", "IDENTITY", """{"identifiers":[{"provider":"CRM_ID","id":"1"}]}""");

        var restored = GuestSession.Restore(_given.Session.ToSnapshot(), SessionLimits.Default);
        Assert.Equal(Given.Text(_given.Session.ToSnapshot()), Given.Text(restored.ToSnapshot()));
        Assert.Equal(["CRM_ID"], restored.Sessions.All[0].Providers!);
    }

    private void Add(string eventId, string item, int quantity, string price)
        => _given.Record(eventId, "ADD", Product(item, quantity, price));

    private static string Product(string item, int quantity, string price)
        => $$$"""{"type":"ADD","product":{"item_id":"{{{item}}}","quantity":{{{quantity}}},"price":{{{price}}}}}""";
}
