using System.Text.Json.Nodes;
using GuestSessions.Core.Events;

namespace GuestSessions.Client.Tests.Events;

/// <summary>What the event classes write.</summary>
public sealed class EventJsonTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Ordered = new(2026, 11, 23, 11, 20, 0, TimeSpan.FromHours(1));

    private readonly TestClient _client = new();

    public static TheoryData<string, GuestEvent, string> Events => new()
    {
        { "VIEW", new ViewEvent { PageVariantId = "v7", Ext = { ["bikes"] = 3, ["new"] = true } }, """{"ext":{"pageVariantId":"v7","bikes":3,"new":true}}""" },
        {
            "IDENTITY",
            new IdentityEvent { Identifiers = [new() { Provider = "CRM_ID", Id = "HB-1" }], Street = ["1 Quay St"], PostalCode = "T12" },
            """{"identifiers":[{"provider":"CRM_ID","id":"HB-1"}],"street":["1 Quay St"],"postal_code":"T12"}"""
        },
        { "SEARCH", new SearchEvent { ProductName = "Tourer", ProductType = "BIKE", Adults = 2 }, """{"product_name":"Tourer","product_type":"BIKE","adults":2}""" },
        {
            "ADD",
            new AddEvent
            {
                Product = new()
                {
                    Type = "BIKE", ItemId = "T2-M", Name = "Tourer 2", OrderedAt = Ordered, Quantity = 1, Price = 749.50m, ProductId = "T2",
                    ReferenceId = "HB-7-1", Currency = "EUR",
                },
            },
            """
            {"product":{"type":"BIKE","item_id":"T2-M","name":"Tourer 2","orderedAt":"2026-11-23T10:20:00.000Z","quantity":1,"price":749.50,
             "productId":"T2","referenceId":"HB-7-1","currency":"EUR"}}
            """
        },
        {
            "ADD_CONTACTS",
            new AddContactsEvent { Contact = [new() { Title = "Ms", More = { ["company"] = "Harbour" } }] },
            """{"contact":[{"title":"Ms","company":"Harbour"}]}"""
        },
        { "ADD_CONSUMERS", new AddConsumersEvent { Consumer = [new() { Lastname = "Byrne" }] }, """{"consumer":[{"lastname":"Byrne"}]}""" },
        { "CONFIRM", new ConfirmEvent { Product = [new() { ItemId = "T2-M" }] }, """{"product":[{"item_id":"T2-M"}]}""" },
        { "CHECKOUT", new CheckoutEvent { ReferenceId = "HB-7", Status = "PURCHASED" }, """{"reference_id":"HB-7","status":"PURCHASED"}""" },
        { "PAYMENT", new PaymentEvent { PayType = "Card" }, """{"pay_type":"Card"}""" },
        { "CLEAR_CART", new ClearCartEvent(), "{}" },
        {
            "ORDER_CHECKOUT",
            new OrderCheckoutEvent
            {
                Order = new()
                {
                    ReferenceId = "HB-7", OrderedAt = Ordered, Status = "PURCHASED", CurrencyCode = "EUR", Price = 1, PaymentType = "PayPal",
                    OrderItems = [new() { ProductId = "T2", Quantity = 1 }],
                },
            },
            """
            {"order":{"referenceId":"HB-7","orderedAt":"2026-11-23T10:20:00.000Z","status":"PURCHASED","currencyCode":"EUR","price":1,
             "paymentType":"PayPal","orderItems":[{"productId":"T2","quantity":1}]}}
            """
        },
        {
            "FORM",
            new FormEvent("f1", "VIEWED"), """{"ext":{"formId":"f1","interactionType":"VIEWED"}}"""
        },
        { "BIKE_FITTED", new CustomEvent("BIKE_FITTED") { More = { ["height"] = 181, ["note"] = null } }, """{"height":181,"note":null}""" },
        { "RAW", new RawEvent("""{"type":"RAW","page":"/raw","any":[1,{"x":null}]}"""), """{"any":[1,{"x":null}],"page":"/raw"}""" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public async Task An_event_is_written_as_the_Stream_API_has_it(
        string type, GuestEvent guestEvent, string own)
    {
        guestEvent.Page = "/raw";
        guestEvent.PointOfSale = "harbourbikes/ie";
        await _client.Sessions.TrackAsync("cust-42", guestEvent);

        var written = JsonNode.Parse(Assert.Single(_client.Service.Events).GetRawText())!.AsObject();
        var expected = JsonNode.Parse(own)!.AsObject();
        (expected["type"], expected["page"]) = (type, "/raw");
        if (guestEvent is not RawEvent)
            expected["pos"] = "harbourbikes/ie";
        Assert.True(JsonNode.DeepEquals(expected, written), written.ToJsonString());
    }

    [Fact]
    public void Every_standard_type_has_an_example() => Assert.Superset(
        EventTypes.Standard.ToHashSet(), Events.Select(static row => row.Data.Item1).ToHashSet());

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":3}""")]
    public void Raw_JSON_without_a_type_is_no_event(string json) => Assert.Throws<ArgumentException>(() => new RawEvent(json));

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
