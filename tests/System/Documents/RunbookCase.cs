namespace GuestSessions.SystemTests.Documents;

/// <summary>The trouble that a runbook is for, made at a real service, and what its commands must print then.</summary>
/// <param name="Before">Commands that make the trouble.</param>
/// <param name="Speaks">What the commands print and the runbook speaks of.</param>
internal sealed record RunbookCase(string Before, params string[] Speaks)
{
    /// <summary>What they print besides: of the trouble itself.</summary>
    public string[] Prints { get; init; } = [];

    private const string Fault = """
        fault() { curl -s "$EMULATOR/_emulator/faults" -H 'Content-Type: application/json' -d "[$1]"; }
        view() {
          command curl -s "$API/v1/guests/$1/events" -H 'Authorization: Bearer demo-ingest' -H 'Content-Type: application/json' \
            -d "{\"event_id\":\"$2\",\"event\":{\"type\":\"VIEW\",\"page\":\"/tourers\",\"pos\":\"harbourbikes/${3:-ie}\"}}"
        }
        act() { curl -s -X POST "$API$1" -H 'Authorization: Bearer demo-admin' -H 'Content-Type: application/json' -d '{"reason":"maintenance"}'; }

        """;

    private const string Waiting = Fault + """
        view "$GUEST" first
        act "/v1/guests/$GUEST/pause"
        for number in $(seq 120); do view "$GUEST" "$number"; done

        """;

    private const string Quarantined = Fault + """
        fault '{"kind":"status","status":400,"type":"VIEW","times":1}'
        view "$GUEST" refused
        until_shows "$GUEST" "$API/v1/quarantine?limit=20" -H "Authorization: Bearer $SUPPORT_KEY"

        """;

    private const string Operated = Fault + """
        curl -s -X POST "$API/v1/quarantine/redrive" -H "Authorization: Bearer $ACT_KEY" -H 'Content-Type: application/json' \
          -d '{"reason":"all of them"}'

        """;

    private const string Doubted = Fault + """
        fault '{"kind":"reset_after","type":"ORDER_CHECKOUT","times":1}'
        curl -s "$API/v1/guests/$GUEST/events" -H 'Authorization: Bearer demo-ingest' -H 'Content-Type: application/json' \
          -d '{"event_id":"'$EVENT'","event":{"type":"ORDER_CHECKOUT","page":"/thanks","pos":"harbourbikes/ie","order":{
              "referenceId":"HB-1","orderedAt":"2026-11-30T10:20:00.000Z","status":"PURCHASED","currencyCode":"EUR",
              "price":749.5,"paymentType":"PayPal"}}}'
        until_shows "$GUEST" "$API/v1/in-doubt?limit=20" -H "Authorization: Bearer $SUPPORT_KEY"

        """;

    private const string Stopped = Fault + """
        fault '{"kind":"status","status":401}'
        for number in $(seq 20); do view "$GUEST-$number" only; done
        until_shows upstream_misconfigured "$API/v1/delivery-health" -H "Authorization: Bearer $SUPPORT_KEY"

        """;

    private const string Mistaken = """
        echo '{"Sessions":{"Tenants":{"demo":{"Delivery":{"Settle":"5"}}}}}' >settings.json
        export SETTINGS_FILE=$PWD/settings.json
        exec 2>&1
        trap 'exit 0' EXIT

        """;

    /// <summary>By the runbook's name.</summary>
    public static IReadOnlyDictionary<string, RunbookCase> All { get; } = new Dictionary<string, RunbookCase>
    {
        ["SessionsHostDown"] = new("", "healthy") { Prints = [" 0"] },
        ["SessionsIngestFails"] = new("", "healthy", "storage"),
        ["SessionsCommitsFail"] = new("", "storage") { Prints = ["Filesystem", "%"] },
        ["SessionsCommitsSlow"] = new("", "transaction") { Prints = ["SELECT 'it takes long'"] },
        ["SessionsDeliveryLate"] = new(Waiting, "delivery", "reason", "waiting") { Prints = ["paused"] },
        ["SessionsHotGuest"] = new(Waiting, "waiting", "undelivered", "paused", "sessions"),
        ["SessionsEventsRejected"] = new(Fault + "view \"$GUEST\" wrong uk\n", "unknown_point_of_sale", "guest", "path", "code"),
        ["SessionsQuarantineGrows"] = new(Quarantined, "code", "redrive"),
        ["SessionsOperationFailed"] = new(Operated, "state", "act") { Prints = ["all of them"] },
        ["SessionsInDoubt"] = new(Doubted, "delivered", "reference"),
        ["SessionsTenantPaused"] = new(Fault + "act /v1/delivery/pause\n", "delivery") { Prints = ["maintenance", "\"by\":\"demo-admin\""] },
        ["SessionsUpstreamStopped"] = new(Stopped, "upstream_misconfigured", "delivery", "reason", "status", "until"),
        ["SessionsSettingsDiffer"] = new("", "tenants"),
        ["SessionsSettingsRejected"] = new(Mistaken, "The configuration cannot be used") { Prints = ["Sessions:Tenants:demo:Delivery:Settle"] },
    };
}
