using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

/// <summary>
/// What reading, checking and hashing a valid event allocates: what is kept of it, and little else. It is measured while no
/// other test runs: the runtime optimizes code only once no new code is compiled, and code before that allocates more.
/// </summary>
[Collection(nameof(ReadingCostTests))]
[CollectionDefinition(nameof(ReadingCostTests), DisableParallelization = true)]
public sealed class ReadingCostTests
{
    /// <summary>
    /// Bytes of what every event needs: the document 144, the reader and its parts 200, the event 140, the envelope 90, the
    /// result 60, and some to spare.
    /// </summary>
    private const int Objects = 680;

    /// <summary>The array that keeps the body, besides the bytes in it.</summary>
    private const int Array = 32;

    /// <summary>The string of an event id of 36 characters.</summary>
    private const int EventId = 96;

    /// <summary>The string of a page of up to 36 characters.</summary>
    private const int Page = 96;

    /// <summary>The list of two identifiers with its reader and its pointer 190, two identifiers 80, their five strings 250.</summary>
    private const int TwoIdentifiers = 520;

    /// <summary>The string of the order's reference, and the pointers to its two lists and to the item in each.</summary>
    private const int OrderOfOneItem = 40 + (4 * 72);

    /// <summary>Enough for the runtime to have optimized the code; the first rounds that keep within the bytes end the test.</summary>
    private const int Rounds = 2_000;

    private const int Reads = 200;

    private static readonly EnvelopeReader Tenant = new(Sample.Rules with { ExtTypes = new ExtTypes(static _ => { }) });

    [Fact]
    public void A_view_allocates_only_what_is_kept_of_it() => AllocatesAtMost(Objects + EventId + Page, """
        {"event_id":"0abc1234-0001-4000-8000-000000000001","event":{"type":"VIEW","channel":"WEB",
        "page":"/products/shoes/running/air-zoom-42","currency":"EUR","language":"DE","pos":"harbourbikes/ie",
        "referrer":"https://www.google.com/search?q=running+shoes",
        "ext":{"campaign":"autumn-sale-2026","variant":"B","scroll":73,"dwellMs":18344,"stock":true}}}
        """);

    [Fact]
    public void An_identity_allocates_only_what_is_kept_of_it() => AllocatesAtMost(Objects + EventId + Page + TwoIdentifiers, """
        {"event_id":"0abc1234-0001-4000-8000-000000000002","occurred_at":"2026-11-23T10:15:30.120Z","event":{
        "type":"IDENTITY","channel":"WEB","language":"DE","currency":"EUR","page":"/login","pos":"harbourbikes/ie",
        "email":"niamh@harbourbikes.example","firstname":"Niamh","lastname":"Byrne","identifiers":[
        {"provider":"CRM_ID","id":"HB-20417","expiry_date":"2030-01-01T00:00"},
        {"provider":"EMAIL","id":"niamh@harbourbikes.example"}]}}
        """);

    [Fact]
    public void An_order_allocates_only_what_is_kept_of_it() => AllocatesAtMost(Objects + EventId + Page + OrderOfOneItem, """
        {"event_id":"0abc1234-0001-4000-8000-000000000003","occurred_at":"2026-11-23T10:15:30.120Z","event":{
        "type":"ORDER_CHECKOUT","channel":"WEB","language":"DE","currency":"EUR","page":"/thanks","pos":"harbourbikes/ie",
        "order":{"referenceId":"HB-7781","orderedAt":"2026-11-23T10:20:00.000Z","status":"PURCHASED",
        "currencyCode":"EUR","price":749.50,"paymentType":"Card","cardType":"Visa",
        "extensions":[{"name":"ext","key":"default","gift":false}],
        "orderItems":[{"type":"BIKE","referenceId":"HB-7781-1","orderedAt":"2026-11-23T10:20:00.000Z",
        "status":"PURCHASED","currencyCode":"EUR","price":749.50,"name":"Tourer 2","productId":"TOUR2","quantity":1}]}}}
        """);

    [Fact]
    public void Events_share_the_strings_that_many_of_them_have()
    {
        var one = Accepted(Read(Envelope())).Event;
        var other = Accepted(Read(Envelope())).Event;

        Assert.Same(one.Type, other.Type);
        Assert.Same(one.Channel, other.Channel);
        Assert.Same(one.PointOfSale, other.PointOfSale);
    }

    /// <param name="bytes">Besides the body, of which there is one copy.</param>
    /// <param name="json">A valid envelope without warnings.</param>
    private static void AllocatesAtMost(int bytes, string json)
    {
        var body = Utf8(json);
        var check = Tenant.Read(body);
        Assert.Empty(check.Warnings);
        bytes += Array + Accepted(check).Event.Body.Length;

        // The first reads compile code and fill pools, and a pool may be emptied at any time: the least counts.
        var least = double.MaxValue;
        for (var round = 0; round < Rounds && least > bytes; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var read = 0; read < Reads; read++)
                Tenant.Read(body);
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Reads);
        }

        Assert.InRange(least, 0, bytes);
    }
}
