using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

public sealed class LocalBrowserTests
{
    private const string Upstream = "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11";

    private const string Other = "6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001";

    private readonly string _local = LocalBrowserIds.Make(Guid.NewGuid());
    private readonly Given _given = new();

    [Fact]
    public void A_local_id_is_a_UUID_that_can_be_recognised()
    {
        Assert.True(Guid.TryParseExact(_local, "D", out var id));
        Assert.Equal(8, id.Version);
        Assert.True(LocalBrowserIds.Is(_local));
        Assert.True(LocalBrowserIds.Is(_local.ToUpperInvariant()));
        Assert.False(LocalBrowserIds.Is(Upstream));
        Assert.False(LocalBrowserIds.Is(""));
    }

    [Fact]
    public void Its_own_line_needs_an_id_of_the_upstream_and_sends_under_that()
    {
        Record();
        Assert.IsType<DeliveryStep.NeedBrowserId>(Decider.Next(_given.Session, _given.Now));

        Own(Upstream);
        _given.Do(Decider.AssignBrowserId(_given.Session, Upstream, "customer", _given.Now));

        Assert.Equal(Upstream, Assert.IsType<DeliveryStep.Send>(Decider.Next(_given.Session, _given.Now)).BrowserId);
    }

    [Fact]
    public void An_id_that_was_mapped_before_any_event_stays()
    {
        Own(Upstream);
        Assert.True(_given.Do(Decider.AssignBrowserId(_given.Session, Upstream, "customer", _given.Now)));
        Own(Other);
        Assert.False(_given.Do(Decider.AssignBrowserId(_given.Session, Other, "other", _given.Now)));
        Record();

        Assert.Equal(BrowserGuests.Of(_local), _given.Session.Guest);
        Assert.Equal(Upstream, Assert.IsType<DeliveryStep.Send>(Decider.Next(_given.Session, _given.Now)).BrowserId);
        Assert.Equal(Given.Text(_given.Session.ToSnapshot()), Given.Text(_given.Replay().ToSnapshot()));
    }

    [Fact]
    public void Another_line_asks_what_a_local_id_stands_for_and_sends_under_that_and_not_under_its_own()
    {
        var guest = new Given().WithBrowserId();
        guest.Record("e1", browserId: _local);
        Assert.Equal(_local, Assert.IsType<DeliveryStep.NeedBrowserId>(Decider.Next(guest.Session, guest.Now)).LocalId);

        Assert.True(guest.Do(Decider.MapLocalBrowser(guest.Session, _local, Other, guest.Now)));
        Assert.False(guest.Do(Decider.MapLocalBrowser(guest.Session, _local, Upstream, guest.Now)));

        Assert.Equal(Other, Assert.IsType<DeliveryStep.Send>(Decider.Next(guest.Session, guest.Now)).BrowserId);
        guest.Record("e2");
        guest.SendAndDeliver();
        Assert.Equal(
            Given.OwnBrowserId, Assert.IsType<DeliveryStep.Send>(Decider.Next(guest.Session, guest.Now)).BrowserId);
        Assert.Equal(Given.Text(guest.Session.ToSnapshot()), Given.Text(guest.Replay().ToSnapshot()));
    }

    [Fact]
    public void Who_gets_a_local_id_waits_until_its_own_line_has_drained()
    {
        Record();
        Assert.Equal(ReleaseDecision.Draining, _given.Release(_local));

        Own(Upstream);
        _given.Do(Decider.AssignBrowserId(_given.Session, Upstream, "customer", _given.Now));
        _given.SendAndDeliver();

        Assert.Equal(1, _given.Drain());
    }

    [Fact]
    public void A_line_keeps_what_its_local_id_stands_for_when_somebody_is_named_by_the_upstreams_id()
    {
        Own(Upstream);
        _given.Do(Decider.AssignBrowserId(_given.Session, Upstream, "customer", _given.Now));
        _given.Release(Upstream);

        Assert.Equal(Upstream, _given.Session.BrowserId);
    }

    private void Own(string browserId) => _given.Link(browserId, guest: BrowserGuests.Of(_local));

    private void Record()
    {
        Own(_local);
        var body = Utf8Json.Parse("""{"type":"VIEW"}""");
        _given.Do(Decider.Record(_given.Session, new RecordEvent(
            BrowserGuests.Of(_local), "a", ContentHash.Of(body.Bytes.Span),
            new StreamEvent
            {
                Type = "VIEW",
                Channel = "WEB",
                PointOfSale = "harbourbikes/ie",
                BrowserId = _local,
                Body = body,
                SessionTimeout = TimeSpan.FromMinutes(20),
            },
            OccurredAt: null, _given.Now, OrderFloor: null, Settle: TimeSpan.Zero, TraceParent: null, _given.Now)));
    }
}
