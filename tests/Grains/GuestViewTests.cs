using System.Text;
using System.Text.Json;
using GuestSessions.Core;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Tests;

public sealed class GuestViewTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_guest_that_reaches_every_bound_at_once_has_a_view_of_bounded_size()
    {
        var limits = SessionLimits.Default;
        var session = new GuestSession(limits);
        var number = 0;
        for (var channel = 0; channel < limits.Sessions; channel++)
        {
            for (var at = 0; at < limits.CartLines; at++)
                Record(session, ++number, "ADD", $"C{channel}", at);
            for (var at = 0; at < limits.CountedTypes; at++)
                Record(session, ++number, $"{new string('T', 60)}{at}", $"C{channel}", at);
        }

        for (var at = 0; at < limits.Identifiers; at++)
            Record(session, ++number, "IDENTITY", "C0", at);

        var size = JsonSerializer.SerializeToUtf8Bytes(Views.OfGuest(session, Start)).Length;

        Assert.InRange(size, 64 * 1024, 256 * 1024);
    }

    private static void Record(GuestSession session, int number, string type, string channel, int item)
    {
        var decision = Decider.Record(session, new RecordEvent(
            "g", $"e{number}", new ContentHash((UInt128)number),
            new StreamEvent
            {
                Type = type,
                Channel = channel + new string('C', 250),
                PointOfSale = new string('P', 256),
                Page = new string('p', EventReaderPage),
                Body = new Utf8Json(Encoding.UTF8.GetBytes(
                    $$$"""{"product":{"item_id":"{{{new string('i', 250)}}}{{{item}}}","quantity":1,"price":2}}""")),
                Identifiers = type == "IDENTITY"
                    ? [new Identifier(new string('q', 200), $"{new string('i', 1000)}{item}")]
                    : [],
                SessionTimeout = TimeSpan.FromMinutes(20),
            },
            OccurredAt: null, Start, OrderFloor: null, TimeSpan.Zero, TraceParent: null, Start)
        {
            IsLenient = true,
        });
        Assert.Equal(RecordDecision.Accepted, decision.Result.Decision);
        foreach (var @event in decision.Events)
            session.Apply(@event);
    }

    // What the reader of events keeps of a page.
    private const int EventReaderPage = 512;
}
