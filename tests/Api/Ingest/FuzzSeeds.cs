using System.Text;

namespace GuestSessions.Api.Tests.Ingest;

/// <summary>Whole bodies of every kind, to be spoiled.</summary>
internal static class FuzzSeeds
{
    private static readonly string[] Events =
    [
        """{"type":"VIEW","page":"/\ud83d\ude00","pos":"harbourbikes/ie","ext":{"a":"v7","b":1.5e3},"session_data":{"x":true}}""",
        """
        {"type":"identity","page":"p","pos":"harbourbikes/ie","browser_id":"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11",
         "identifiers":[{"provider":"CRM_ID","id":"é","expiry_date":"2030-01-01T00:00"}],"dob":"1990-02-03","country":"ie"}
        """,
        """
        {"type":"SEARCH","page":"p","pos":"harbourbikes/ie","product_name":"n","product_type":"flight","flight_type":"rt",
         "origin":"dub","destination":"LIS","start":"2026-12-01T07:30:00","end":"2026-12-08T21:05","adults":2}
        """,
        """
        {"type":"ADD","page":"p","pos":"harbourbikes/ie","product":{"type":"BIKE","item_id":"T","name":"n",
         "orderedAt":"2026-11-23T11:15:30+01:00","quantity":1,"price":749.5,"productId":"p","referenceId":"r","currency":"eur"}}
        """,
        """{"type":"CONFIRM","page":"p","pos":"harbourbikes/ie","product":[{"item_id":"T"},{"item_id":"L"}]}""",
        """{"type":"CHECKOUT","page":"p","pos":"harbourbikes/ie","reference_id":"R","status":"purchased"}""",
        """
        {"type":"ORDER_CHECKOUT","page":"p","pos":"harbourbikes/ie","order":{"referenceId":"R","status":"PURCHASED",
         "orderedAt":"2026-11-23T10:20:00Z","currencyCode":"EUR","price":1.0,"paymentType":"card","cardType":"visa",
         "extensions":[{"name":"ext","key":"default","gift":false}],"orderItems":[{"type":"BIKE","quantity":1}]}}
        """,
        """{"type":"FORM","pos":"harbourbikes/ie","ext":{"formId":"f","interactionType":"viewed"}}""",
    ];

    public static IReadOnlyList<byte[]> All { get; } =
    [
        .. Events.Select(static body => $$$"""{"event_id":"e","occurred_at":"2026-11-23T10:15:30.120Z","event":{{{body}}}}""")
            .Concat(Events.Select(static body => $$$"""{"guest":"cust-42","event":{{{body}}}}""".ReplaceLineEndings("")))
            .Append($$"""{"events":[{{string.Join(",", Events.Select(static body => $$$"""{"event":{{{body}}}}"""))}}]}""")
            .Append($$"""[{{string.Join(",", Events.Select(static body => $$$"""{"guest":"g","event":{{{body}}}}"""))}}]""")
            .Append("""{"identifiers":[{"provider":"p","id":"HB-1"}],"profile":{"street":["a"],"email":"e","dob":"1990-02-03"}}""")
            .Select(Encoding.UTF8.GetBytes),
    ];
}
