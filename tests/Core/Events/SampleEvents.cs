using System.Text.Json.Nodes;

namespace GuestSessions.Core.Tests.Events;

/// <summary>What events of each type carry of their own, every listed attribute of a known name set.</summary>
internal static class SampleEvents
{
    public static JsonObject Own(string type) => JsonNode.Parse(Texts.GetValueOrDefault(type, "{}"))!.AsObject();

    /// <summary>The same object with one member set.</summary>
    public static JsonObject With(this JsonObject body, string name, JsonNode? value)
    {
        body[name] = value;
        return body;
    }

    private const string Product = """
        {"type":"BIKE","item_id":"TOUR2-M-RED","name":"Tourer 2","orderedAt":"2026-11-23T10:15:30.000Z","quantity":1,
         "price":749.5,"productId":"TOUR2","referenceId":"HB-7781-1","currency":"EUR","originalPrice":820,
         "originalCurrencyCode":"GBP"}
        """;

    private const string Item = """
        {"type":"BIKE","referenceId":"HB-7781-1","orderedAt":"2026-11-23T10:20:00.000Z","status":"PURCHASED",
         "currencyCode":"EUR","price":749.50,"name":"Tourer 2","productId":"TOUR2","quantity":1,
         "extensions":[{"name":"ext","key":"default","engraved":true}]}
        """;

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["VIEW"] = """{"ext":{"pageVariantId":"v7"},"referrer":"https://search.example/","utm_source":"news"}""",
        ["IDENTITY"] = """
            {"identifiers":[{"id":"HB-20417","provider":"CRM_ID","expiry_date":"2030-01-01T00:00"}],
             "email":"niamh@harbourbikes.example","title":"Ms","firstname":"Niamh","lastname":"Byrne","gender":"female",
             "dob":"1990-02-03T00:00","mobile":"+353","phone":"+353","street":["1 Quay St"],"city":"Cork",
             "state":"Munster","country":"IE","postal_code":"T12"}
            """,
        ["SEARCH"] = """
            {"product_name":"Dublin to Lisbon","product_type":"FLIGHT","flight_type":"RT","origin":"DUB",
             "destination":"LIS","start":"2026-12-01T07:30","end":"2026-12-08T21:05","adults":2,"children":0,"infants":0}
            """,
        ["ADD"] = $$$"""{"product":{{{Product}}}}""",
        ["ADD_CONTACTS"] = """
            {"contact":[{"title":"Ms","firstname":"Niamh","lastname":"Byrne","email":"niamh@harbourbikes.example",
             "identifiers":[{"provider":"CRM_ID","id":"HB-20417"}]}]}
            """,
        ["ADD_CONSUMERS"] = """{"consumer":[{"title":"Mr","firstname":"Cian","lastname":"Byrne"}]}""",
        ["CONFIRM"] = """{"product":[{"item_id":"TOUR2-M-RED"},{"item_id":"LOCK-9"}]}""",
        ["CHECKOUT"] = """{"reference_id":"HB-7781","status":"PURCHASED"}""",
        ["PAYMENT"] = """{"pay_type":"Card"}""",
        ["ORDER_CHECKOUT"] = $$$"""
            {"order":{"referenceId":"HB-7781","orderedAt":"2026-11-23T10:20:00.000Z","status":"PURCHASED",
             "currencyCode":"EUR","price":749.50,"paymentType":"Card","cardType":"Visa",
             "extensions":[{"name":"ext","key":"default","gift":false}],"orderItems":[{{{Item}}}]}}
            """,
        ["FORM"] = """{"ext":{"formId":"f1","interactionType":"VIEWED","componentInstanceId":"c1"}}""",
    };
}
