namespace GuestSessions.SystemTests.Load;

/// <summary>An event as a client posts it. Its page is its mark, by which it is known upstream.</summary>
internal sealed record SentEvent(string Guest, string EventId)
{
    public const string PointOfSale = "harbourbikes/ie";
    public const string UnknownPointOfSale = "harbourbikes/nowhere";

    private const string OrderPrefix = "order-";

    /// <summary>An order that is never sent twice: its type is held when it is in doubt.</summary>
    public bool IsOrder => IsOrderMark(Mark);

    public string Pos { get; init; } = PointOfSale;

    /// <summary>The browser it came from, where the backend knows.</summary>
    public string? BrowserId { get; init; }

    /// <summary>Something that makes it another event under the same id.</summary>
    public string Variant { get; init; } = "";

    public string Mark => $"/{Guest}/{EventId}{Variant}";

    public static SentEvent Order(string guest, string eventId) => new(guest, OrderPrefix + eventId);

    public static bool IsOrderMark(string mark) => mark.Contains($"/{OrderPrefix}", StringComparison.Ordinal);

    public string ToEnvelope()
    {
        var type = IsOrder ? $"\"ORDER_CHECKOUT\",\"order\":{OrderOf(EventId)}" : "\"VIEW\"";
        var browser = BrowserId is null ? "" : $",\"browser_id\":\"{BrowserId}\"";
        return $$$"""
            {"event_id":"{{{EventId}}}","event":{"type":{{{type}}},"page":"{{{Mark}}}","pos":"{{{Pos}}}"{{{browser}}}}}
            """;
    }

    private static string OrderOf(string reference) => $$"""
        {"referenceId":"{{reference}}","orderedAt":"2026-11-23T10:20:00.000Z","status":"PURCHASED","currencyCode":"EUR",
         "price":749.5,"paymentType":"PayPal"}
        """;
}
