using Microsoft.OpenApi;

namespace GuestSessions.Api.OpenApi;

/// <summary>Bodies that work when pasted, by operation and content type.</summary>
internal static class Examples
{
    private const string Event = """
        {"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"/tourers","pos":"harbourbikes/ie"}
        """;

    public static string? Of(OpenApiOperation operation, string part) => (operation.OperationId, part) switch
    {
        ("RecordEvents", "application/json")
            => $$"""{"event_id":"b3f1","occurred_at":"2026-11-23T10:15:30.120Z","event":{{Event}}}""",
        ("RecordEvents", "answer")
            => """{"guest":"cust-42","results":[{"event_id":"b3f1","status":"accepted","sequence":17}]}""",
        ("RecordEventsOfManyGuests", "application/json")
            => $$"""[{"guest":"cust-42","event_id":"b3f2","event":{{Event}}}]""",
        ("RecordEventsOfManyGuests", "application/x-ndjson")
            => $$"""{"guest":"cust-42","event_id":"b3f2","event":{{Event}}}""",
        ("RecordEventsOfManyGuests", "answer")
            => """{"results":[{"guest":"cust-42","event_id":"b3f2","status":"accepted","sequence":17}]}""",
        ("RememberIdentifiers", "application/json")
            => """{"identifiers":[{"provider":"CRM_ID","id":"HB-20417"}],"profile":{"firstname":"Niamh"}}""",
        ("RememberIdentifiers", "answer")
            => """
                {"guest":"cust-42","identifiers":1,"results":[{"event_id":"b3f3","status":"accepted","sequence":18}]}
                """,
        ("RedriveEvent", "application/json")
            => """{"reason":"the shop fixed its catalogue","patch":{"product":null,"ext":{"pageVariantId":"v8"}}}""",
        ("RedriveQuarantine", "application/json")
            => """{"reason":"the upstream knows the new shop now","code":"upstream_refused"}""",
        ("DiscardEvent", "application/json") => """{"reason":"a test order"}""",
        ("ResolveEvent", "application/json")
            => """{"outcome":"delivered","reason":"the order is in the CDP"}""",
        ("ResetExtTypes", "application/json") => """{"reason":"the shop sends numbers now","type":"VIEW","name":"price"}""",
        ("FlushGuest", "application/json") => """{"reason":"the guest is on the phone"}""",
        ("PauseGuest", "application/json") => """{"reason":"the guest complains about double orders"}""",
        ("RevealValue", "application/json") =>
            """{"event_id":"b3f3","field":"/received/email","reason":"the customer asks which address we have"}""",
        ("ResumeGuest", "application/json") => """{"reason":"corrected"}""",
        ("ValidateEvents", "application/json") => $$"""{"guest":"cust-42","event":{{Event}}}""",
        ("ValidateEvents", "application/x-ndjson") => $$"""{"guest":"cust-42","event":{{Event}}}""",
        ("SearchGuests", "application/json") => """{"provider":"CRM_ID","id":"HB-20417"}""",
        _ => null,
    };
}
