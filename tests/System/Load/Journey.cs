namespace GuestSessions.SystemTests.Load;

/// <summary>The events of a guest who shops, as an app backend writes them.</summary>
internal static class Journey
{
    /// <summary>One session, every step in its order: nothing is to be told of it.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """{"type":"VIEW","page":"/","pos":"harbourbikes/ie","ext":{"pageVariantId":"v7"},"utm_source":"news"}""",
        """{"type":"SEARCH","page":"/search","pos":"harbourbikes/ie","product_name":"tourer","product_type":"BIKE"}""",
        Add("TOUR2-M-RED", quantity: 1, "749.50"),
        Add("LOCK-9", quantity: 2, "9.490"),
        Add("TOUR2-M-RED", quantity: 2, "749.50"),
        """
        {"type":"IDENTITY","page":"/sign-in","pos":"harbourbikes/ie","email":"niamh@harbourbikes.example",
         "identifiers":[{"provider":"CRM_ID","id":"HB-20417"}]}
        """,
        """
        {"type":"ADD_CONTACTS","page":"/contact","pos":"harbourbikes/ie",
         "contact":[{"title":"Ms","email":"niamh@harbourbikes.example"}]}
        """,
        """
        {"type":"CONFIRM","page":"/basket","pos":"harbourbikes/ie",
         "product":[{"item_id":"TOUR2-M-RED"},{"item_id":"LOCK-9"}]}
        """,
        """{"type":"PAYMENT","page":"/pay","pos":"harbourbikes/ie","pay_type":"Card"}""",
        """{"type":"CHECKOUT","page":"/thanks","pos":"harbourbikes/ie","reference_id":"HB-7781","status":"PURCHASED"}""",
        Order("/thanks"),
        """{"type":"SADDLE_FITTED","page":"/workshop","pos":"harbourbikes/ie","minutes":25,"exact":1.50}""",
    ];

    /// <summary>What the upstream would take with a 201 and misread, each by its code.</summary>
    public static IReadOnlyList<(string Body, string Code)> Mistakes { get; } =
    [
        (Order("/too-early"), "order_before_identity"),
        ("""{"type":"CONFIRM","page":"/b","pos":"harbourbikes/ie","product":[{"item_id":"GHOST"}]}""", "confirm_without_add"),
        ("""{"type":"CHECKOUT","page":"/b","pos":"harbourbikes/ie","reference_id":"R","status":"PURCHASED"}""",
            "checkout_without_confirm"),
        ("""
            {"type":"IDENTITY","page":"/b","pos":"harbourbikes/ie","identifiers":[{"provider":"crm","id":"HB-1"}]}
            """, "unknown_identity_provider"),
        ("""{"type":"ADD","page":"/b","pos":"harbourbikes/ie","product":{"type":"BIKE"}}""", "missing_attribute"),
        ("""{"type":"FORCE_CLOSE","page":"/b","pos":"harbourbikes/ie"}""", "force_close_not_allowed"),
    ];

    private static string Add(string itemId, int quantity, string price) => $$$"""
        {"type":"ADD","page":"/{{{itemId}}}","pos":"harbourbikes/ie","product":{"type":"BIKE","item_id":"{{{itemId}}}",
         "name":"Tourer 2","orderedAt":"2026-11-23T10:15:30.000Z","quantity":{{{quantity}}},"price":{{{price}}},
         "productId":"P","referenceId":"HB-7781-1","currency":"EUR"}}
        """;

    private static string Order(string page) => $$$"""
        {"type":"ORDER_CHECKOUT","page":"{{{page}}}","pos":"harbourbikes/ie","order":{"referenceId":"HB-7782",
         "orderedAt":"2026-11-23T10:20:00.000Z","status":"PURCHASED","currencyCode":"EUR","price":749.50,
         "paymentType":"Card","cardType":"Visa","orderItems":[{"type":"BIKE","quantity":1,"price":749.50}]}}
        """;
}
