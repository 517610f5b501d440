using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Tests.Golden;

/// <summary>The content of the golden journal of format 1: every kind of event, with every member set.</summary>
internal static class GoldenRecords
{
    public static readonly DateTimeOffset At =
        new DateTimeOffset(2026, 3, 1, 12, 30, 45, 123, TimeSpan.Zero).AddTicks(4567);

    private static readonly AttemptResult Result = new(
        AttemptOutcome.InDoubt, At.AddSeconds(10), TimeSpan.FromMilliseconds(1234.5), 503, "ref-1",
        "<html>Ünavailable</html>", "response_timeout");

    private static readonly EventRecorded Recorded = new()
    {
        Sequence = 42,
        EventId = "order-42:paid",
        Hash = ContentHash.Parse("00112233445566778899aabbccddeeff"),
        Type = "ORDER_CHECKOUT",
        Channel = "MOBILE_WEB",
        PointOfSale = "myretail/ireland",
        Session = 3,
        Page = "/ordered \"now\"",
        BrowserId = "11111111-2222-3333-4444-555555555555",
        OccurredAt = new DateTimeOffset(2026, 3, 1, 13, 30, 44, TimeSpan.FromHours(1)),
        ReceivedAt = At,
        OrderAt = At.AddSeconds(-1),
        DueAt = At.AddSeconds(5),
        Late = true,
        Body = Utf8Json.Parse(
            """{ "type":"ORDER_CHECKOUT", "price": 1.50, "big": 12345678901234567890, "ü": "\u00fc" }"""),
        Defaults = Utf8Json.Parse("""{"currency":"EUR"}"""),
        OrderReference = "O-42",
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    /// <summary>A session that continues with its browser.</summary>
    private static readonly UpstreamSession Came = new()
    {
        Number = 4,
        BrowserId = "11111111-2222-3333-4444-555555555555",
        Channel = "WEB",
        PointOfSale = "myretail",
        Timeout = TimeSpan.FromMinutes(30),
        StartedAt = At,
        LastActivityAt = At.AddMinutes(1),
        Counts = new Dictionary<string, int> { ["ADD"] = 2 },
        Origin = new SessionOrigin("browser:11111111-2222-3333-4444-555555555555", 1),
        ContinuedFrom = "browser:11111111-2222-3333-4444-555555555555",
        ContinuedBy = "ben@2",
        Generation = 2,
    };

    private static readonly PersonAct Act = new("support-7", At, "the shop called: \"send it\"");

    private static readonly EventEdit Edit = new()
    {
        Type = "VIEW",
        Channel = "WEB",
        PointOfSale = "myretail/ireland",
        Page = "/mended",
        BrowserId = "11111111-2222-3333-4444-555555555555",
        Body = Utf8Json.Parse("""{ "type":"VIEW", "price": 1.50 }"""),
        Defaults = Utf8Json.Parse("""{"currency":"EUR"}"""),
        OrderReference = "O-43",
    };

    public static IReadOnlyList<SessionEvent> Events { get; } =
    [
        new GuestOpened("anna@1", At),
        new SessionStarted(
            3, "11111111-2222-3333-4444-555555555555", "WEB", "myretail", TimeSpan.FromMinutes(30), At),
        Recorded,
        new IdentifiersRemembered(
            [new("CRM_ID", "Ä-1", "2027-01-01T00:00"), new("MAIL", "a+b@c.d", "2028-01-01")], At),
        new BrowserIdAssigned("11111111-2222-3333-4444-555555555555", "customer-1", At),
        new BrowserIdPostponed(2, "upstream_unavailable", At, At.AddMinutes(1)),
        new DeliveryStarted(42, 2, At),
        new EventDelivered(42, 2, Result with { Outcome = AttemptOutcome.Delivered }),
        new DeliveryPostponed(42, 2, Result, At.AddMinutes(5), PossiblyDuplicate: true),
        new EventQuarantined(42, 2, Result with { Outcome = AttemptOutcome.Refused }, "upstream_refused"),
        new EventHeldInDoubt(42, 2, Result),
        new DeliveryUnsent(42, 2, Result with { Outcome = AttemptOutcome.Unsent }),
        new DeliveryTakenOver(42, 2, At, At.AddSeconds(15)),
        new LateOutcomeRecorded(42, 2, Result with { Outcome = AttemptOutcome.Delivered }, Delivers: true),
        new LineFlushed(At),
        new EventExpired(42, At, "too_old", InDoubt: true),
        new EventRedriven(42, Act, SessionClosed: true, Edit),
        new EventDiscarded(42, Act),
        new EventResolved(42, Act, Delivered: true),
        new GuestPaused(Act),
        new GuestResumed(Act),
        new EventSuperseded(42, 43, At),
        new SessionsClosed([3, 4], At),
        new EventQuarantinedUnsent(42, "unknown_point_of_sale", At),
        new BrowserLinked(
            "11111111-2222-3333-4444-555555555555", 3, At, "shop/0000000000000000000000000000002a",
            "browser:11111111-2222-3333-4444-555555555555", "66666666-7777-8888-9999-000000000000", [Came]),
        new BrowserReleased("11111111-2222-3333-4444-555555555555", 3, At),
        new SessionsForwarded([3, 4], "ben@2", At),
        new BrowserDrained("11111111-2222-3333-4444-555555555555", 3, At),
        new BrowserCleared("11111111-2222-3333-4444-555555555555", 3, At),
        new LocalBrowserMapped(
            "10ca1b1d-2222-8333-8444-555555555555", "66666666-7777-8888-9999-000000000000", At),
        new ReplayBegun("0199-op", Act, 3, 42),
        new ClockSet(Clock, TimeSpan.FromHours(-1)),
        new ConsentChanged(Denied: true, Act),
        new EventDropped(42, "no_consent", At),
        new EventBlanked(42, Act, "order-42:paid"),
        new BlankingEnded(42),
        new EventRestored(42, At),
    ];

    private static StateClock Clock => new(
        new Guid("794f8c6c-c268-414e-9c1e-87fd5c14d3db"), TimeSpan.FromTicks(6390111222333444445));

    /// <summary>The members of a snapshot that linking sets.</summary>
    public static SessionSnapshot LinkedSnapshot { get; } = new()
    {
        Version = 78,
        Guest = "anna@1",
        OpenedAt = At,
        LastSequence = 43,
        LastSession = 3,
        Line = [new LineEntry { Event = Recorded, OwnBrowserId = "66666666-7777-8888-9999-000000000000" }],
        Browsers =
        [
            new BrowserLink
            {
                BrowserId = "11111111-2222-3333-4444-555555555555",
                Generation = 3,
                FirstSequence = 7,
                From = "shop/0000000000000000000000000000002a",
                LastSequence = 42,
            },
        ],
        BrowserReleases = 2,
        Lines = ["browser:11111111-2222-3333-4444-555555555555"],
    };

    /// <summary>An event that a replay delivers again.</summary>
    public static EventRecorded Replayed { get; } = Recorded with
    {
        Sequence = 43,
        EventId = "0199-op:42",
        Replay = new ReplaySource(42, "0199-op"),
    };

    /// <summary>An outcome that names its connection, acts that name their event, events with what few have.</summary>
    public static IReadOnlyList<SessionEvent> Rare { get; } =
    [
        Replayed,
        Recorded with { Warnings = [new EventWarning("cart_empty", "/event/product")] },
        Recorded with { SessionTimeout = TimeSpan.FromMinutes(20), UserAgent = "curl/8", Address = "203.0.113.7", FromPublicKey = true },
        new EventDelivered(42, 2, Result with
        {
            Outcome = AttemptOutcome.Delivered,
            Answer = """{"status":"OK","version":"1.2","client_key":"k-1","ref":"ref-1"}""",
            Error = null,
        }),
        new EventDelivered(42, 2, Result with { Connection = ConnectionUse.Pooled }),
        new EventQuarantined(42, 2, Result with { Connection = ConnectionUse.Fresh }, "upstream_refused"),
        new EventRedriven(42, Act, EventId: "order-42:paid"),
        new EventDiscarded(42, Act, "order-42:paid"),
        new EventResolved(42, Act, EventId: "order-42:paid"),
        Recorded with { MakesNoOrder = true },
    ];

    /// <summary>The snapshot of a guest with replays.</summary>
    public static SessionSnapshot ReplaySnapshot { get; } = new()
    {
        Version = 79,
        Guest = "anna@1",
        OpenedAt = At,
        LastSequence = 43,
        LastSession = 3,
        Replays = [new ReplayProgress("0199-op", 42, 7)],
    };

    /// <summary>Later members of a snapshot, each of them set.</summary>
    public static SessionSnapshot LaterSnapshot { get; } = new()
    {
        Version = 78,
        Guest = "anna@1",
        OpenedAt = At,
        LastSequence = 43,
        LastSession = 3,
        DiscardedCount = 2,
        Pause = Act,
        Line = [new LineEntry { Event = Recorded, Failures = 3, RedrivenAt = At.AddMinutes(1) }],
        SetAside = [new SetAsideEvent(Recorded with { Sequence = 41 }, 1, false, "upstream_refused", At,
            AbandonedAttempt: 1, PossiblyDuplicate: true, BlocksLine: true)],
    };

    public static SessionSnapshot Snapshot { get; } = new()
    {
        Version = 77,
        Guest = "anna@1",
        OpenedAt = At,
        LastSequence = 43,
        LastSession = 3,
        LastOrderAt = At.AddSeconds(1),
        LastSentOrderAt = At.AddSeconds(2),
        BrowserId = "11111111-2222-3333-4444-555555555555",
        CustomerReference = "customer-1",
        BrowserIdAttempts = 2,
        BrowserIdRetryAt = At.AddSeconds(3),
        Identifiers = [new Identifier("CRM_ID", "Ä-1", "2027-01-01T00:00")],
        Sessions =
        [
            new UpstreamSession
            {
                Number = 3,
                BrowserId = "11111111-2222-3333-4444-555555555555",
                Channel = "WEB",
                PointOfSale = "myretail",
                Timeout = TimeSpan.FromMinutes(30),
                StartedAt = At,
                LastActivityAt = At.AddMinutes(1),
                FirstPage = "/",
                LastPage = "/cart",
                Counts = new Dictionary<string, int> { ["VIEW"] = 2, ["MyOwn_Type"] = 1 },
            },
        ],
        Remembered = [new RememberedId(RememberedId.HashOf("order-42:paid"), Recorded.Hash, 42, At.UtcTicks)],
        Line =
        [
            new LineEntry
            {
                Event = Recorded,
                Attempts = 2,
                RetryAt = At.AddMinutes(5),
                PossiblyDuplicate = true,
                Flushed = true,
            },
        ],
        Open = new OpenStart(42, 2, At, At.AddSeconds(15)),
        SetAside = [new SetAsideEvent(Recorded with { Sequence = 41 }, 1, true, "held_in_doubt", At)],
        DeliveredCount = 40,
    };
}
