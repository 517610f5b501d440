using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>What came with a public key has a capacity of its own, and takes none of the guest's.</summary>
public sealed class PublicShareTests
{
    private readonly Given _given = new Given(new SessionLimits { SetAsideEvents = 3 }).WithBrowserId();

    [Fact]
    public void Junk_of_strangers_leaves_the_guests_own_failures_their_capacity()
    {
        for (var junk = 0; junk < 3; junk++)
            RefuseFromSdk($"junk-{junk}");

        Refuse("own-1");
        Refuse("own-2");
        Assert.Equal(5, _given.Session.SetAside.Count);
        _given.Record("own-3");
        Assert.IsType<DeliveryStep.Send>(Decider.Next(_given.Session, _given.Now));
    }

    [Fact]
    public void The_guests_own_failures_leave_the_line_waiting_as_before()
    {
        Refuse("own-1");
        Refuse("own-2");
        Refuse("own-3");
        _given.RecordFromSdk("sdk", "VIEW");

        Assert.IsType<DeliveryStep.SetAsideFull>(Decider.Next(_given.Session, _given.Now));
    }

    [Fact]
    public void Beyond_its_share_a_public_event_is_answered_with_a_retry_and_one_of_a_backend_is_accepted()
    {
        RefuseFromSdk("junk-1");
        _given.RecordFromSdk("junk-2", "VIEW");
        _given.RecordFromSdk("junk-3", "VIEW"); // In the line: it may end in quarantine too.

        Assert.Equal(
            new RecordOutcome(RecordDecision.Retry, Code: EventCodes.GuestBacklogFull), _given.RecordFromSdk("junk-4", "VIEW"));
        Assert.Equal(RecordDecision.Accepted, _given.Record("own").Decision);
    }

    [Fact]
    public void Junk_that_cannot_be_sent_leaves_half_of_the_share_to_events_that_can()
    {
        var given = new Given(new SessionLimits { SetAsideEvents = 10 }).WithBrowserId();
        var taken = Enumerable.Range(0, 20).Count(junk => Quarantine(given, $"junk-{junk}") == RecordDecision.Accepted);

        Assert.Equal(5, taken);
        Assert.Equal(RecordDecision.Accepted, given.RecordFromSdk("view", "VIEW").Decision);
        given.Send();
        given.End(AttemptOutcome.Refused);
        Assert.Equal(RecordDecision.Accepted, given.RecordFromSdk("view-2", "VIEW").Decision);
        Assert.Equal((6, 5), (given.Session.SetAside.Public.Events, given.Session.SetAside.PublicUnsent.Events));
    }

    [Fact]
    public void What_was_delivered_or_discarded_frees_its_capacity()
    {
        RefuseFromSdk("junk");
        _given.RecordFromSdk("a", "VIEW");
        _given.RecordFromSdk("b", "VIEW");
        _given.Send();
        _given.End(AttemptOutcome.Delivered);

        Assert.Equal(RecordDecision.Accepted, _given.RecordFromSdk("c", "VIEW").Decision);
        Assert.Equal(RecordDecision.Retry, _given.RecordFromSdk("d", "VIEW").Decision);
    }

    [Fact]
    public void Its_bytes_are_bounded_too()
    {
        var given = new Given(new SessionLimits { SetAsideBytes = 40 }).WithBrowserId();

        Assert.Equal(RecordDecision.Accepted, given.RecordFromSdk("a", "VIEW").Decision);
        for (var sent = 0; sent < 10; sent++)
            given.RecordFromSdk($"more-{sent}", "VIEW");
        Assert.InRange(given.Session.Line.Bytes, 1, 40);
        Assert.Equal(RecordDecision.Accepted, given.Record("own").Decision);
    }

    [Fact]
    public void A_snapshot_keeps_the_shares()
    {
        RefuseFromSdk("junk");
        _given.RecordFromSdk("sdk", "VIEW");
        _given.Record("own");
        var restored = GuestSession.Restore(_given.Session.ToSnapshot(), SessionLimits.Default);

        Assert.Equal((1, 1), (restored.Line.Public.Events, restored.SetAside.Public.Events));
        Assert.Equal(_given.Session.Line.Public.Bytes, restored.Line.Public.Bytes);
    }

    private static RecordDecision Quarantine(Given given, string eventId)
    {
        var body = Utf8Json.Parse("""{"type":"VIEW","pos":"nowhere"}""");
        var @event = new StreamEvent
        {
            Type = "VIEW",
            Channel = "",
            PointOfSale = "nowhere",
            Body = body,
            SessionTimeout = TimeSpan.FromMinutes(20),
        };
        return given.Do(Decider.Record(given.Session, new RecordEvent(
            "cust-42", eventId, ContentHash.Of(body.Bytes.Span), @event, OccurredAt: null, given.Now, OrderFloor: null,
            Settle: TimeSpan.Zero, TraceParent: null, given.Now, Quarantine: "unknown_point_of_sale")
        {
            FromPublicKey = true,
        })).Decision;
    }

    private void RefuseFromSdk(string eventId)
    {
        Assert.Equal(RecordDecision.Accepted, _given.RecordFromSdk(eventId, "VIEW").Decision);
        _given.Send();
        _given.End(AttemptOutcome.Refused);
    }

    private void Refuse(string eventId)
    {
        Assert.Equal(RecordDecision.Accepted, _given.Record(eventId).Decision);
        _given.Send();
        _given.End(AttemptOutcome.Refused);
    }
}
