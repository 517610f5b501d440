using System.Globalization;
using GuestSessions.Core;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;
using GuestSessions.Emulator;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Emulator;

/// <summary>
/// The sessions that the service tells of are those that the emulator cuts on its own from what arrives: two models
/// that share no code, held against each other over lives of chance.
/// </summary>
public sealed class SessionAgreementTests
{
    private const int EventsOfALife = 60;

    private static readonly string[] Types =
        ["VIEW", "VIEW", "ADD", "ADD", "CONFIRM", "CHECKOUT", "CLEAR_CART", "IDENTITY", "FORCE_CLOSE", "SADDLE_FITTED"];

    private static readonly string[] Statuses = ["PURCHASED", "CANCELLED", "REFUNDED", "CONFIRMED"];

    private static readonly string[] Channels = ["WEB", "MOBILE_APP"];

    private static readonly (string Name, TimeSpan Timeout)[] PointsOfSale =
        [("harbourbikes/ie", TimeSpan.FromMinutes(20)), ("harbourbikes/de", TimeSpan.FromMinutes(5))];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Sessions_are_cut_alike(int seed)
    {
        var chance = new Random(seed);
        await using var upstream = await RunningEmulator.StartAsync(_time, settings => settings.PointsOfSale.Add(
            new PointOfSale { Name = PointsOfSale[1].Name, SessionTimeout = PointsOfSale[1].Timeout }));
        string[] browsers = [await upstream.NewBrowserIdAsync(), await upstream.NewBrowserIdAsync()];
        var guest = new GuestSession(SessionLimits.Default with { Sessions = EventsOfALife, CartsInFull = EventsOfALife });

        for (var i = 0; i < EventsOfALife; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(chance.Next(10) == 0 ? chance.Next(200, 2000) : chance.Next(1, 200)));
            var sent = Sent.By(chance, browsers, $"e{i}");
            using var answer = await upstream.Http.PostAsync("/v1.2/events", new StringContent(sent.Body));
            Record(guest, sent);
        }

        Assert.Equal(
            upstream.Emulator.Sessions.Of(null).Select(Tell).Order(),
            guest.Sessions.All.Select(session => Tell(session, _time.GetUtcNow())).Order());
    }

    private void Record(GuestSession guest, Sent sent)
    {
        var now = _time.GetUtcNow();
        var body = Utf8Json.Parse(sent.Body);
        var decision = Decider.Record(guest, new RecordEvent(
            "g", sent.EventId, ContentHash.Of(body.Bytes.Span),
            new StreamEvent
            {
                Type = sent.Type,
                Channel = sent.Channel,
                PointOfSale = sent.PointOfSale.Name,
                Page = sent.Page,
                BrowserId = sent.BrowserId,
                Body = body,
                SessionTimeout = sent.PointOfSale.Timeout,
            },
            OccurredAt: null, now, OrderFloor: null, Settle: TimeSpan.Zero, TraceParent: null, now)
        {
            IsTrial = true,
        });
        Assert.Equal(RecordDecision.Accepted, decision.Result.Decision);
        foreach (var @event in decision.Events)
            guest.Apply(@event);
    }

    private static string Tell(GuestSessions.Emulator.Sessions.Session session) => Tell(
        session.BrowserId, session.Channel, session.Pos, session.State.ToString().ToUpperInvariant(), session.StartedAt,
        session.FirstPage, session.LastPage, session.Counts, session.CartType?.ToString(), session.Cart.Value,
        session.AbandonedRevenue);

    private static string Tell(UpstreamSession session, DateTimeOffset now) => Tell(
        session.BrowserId!, session.Channel, session.PointOfSale, session.IsOpen(now) ? "OPEN" : "CLOSED",
        session.StartedAt, session.FirstPage, session.LastPage, session.Counts, session.CartTypeAt(now)?.ToString(),
        session.Cart is { } cart ? cart.Total : 0, session.CartTypeAt(now) == CartType.Abandoned ? session.Cart!.Total : null);

    private static string Tell(
        string browserId, string channel, string pos, string state, DateTimeOffset startedAt, string? first, string? last,
        IReadOnlyDictionary<string, int> counts, string? cartType, decimal? value, decimal? abandoned)
    {
        // Whether a close counts as an event of its session is nobody's business but the emulator's.
        var events = counts.Where(type => type.Key != "FORCE_CLOSE").OrderBy(type => type.Key, StringComparer.Ordinal);
        return $"{browserId} {channel} {pos} {state} {startedAt:O} {first} {last} {string.Join(',', events)} {cartType} {value:0.##} {abandoned:0.##}";
    }

    private sealed record Sent(
        string EventId, string Type, string Channel, (string Name, TimeSpan Timeout) PointOfSale, string Page,
        string BrowserId)
    {
        public static Sent By(Random chance, string[] browsers, string eventId) => new(
            eventId, Types[chance.Next(Types.Length)], Channels[chance.Next(Channels.Length)],
            PointsOfSale[chance.Next(PointsOfSale.Length)], $"/{eventId}", browsers[chance.Next(browsers.Length)]);

        public string Body => $$"""
            {"client_key":"{{RunningEmulator.Key}}","browser_id":"{{BrowserId}}","type":"{{Type}}","channel":"{{Channel}}",
             "language":"EN","currency":"EUR","page":"{{Page}}","pos":"{{PointOfSale.Name}}"{{More}}}
            """;

        // Few items, so that they meet again.
        private string Item => $"ITEM-{EventId[^1] % 3}";

        private int Number => int.Parse(EventId.AsSpan(1), CultureInfo.InvariantCulture);

        /// <summary>Some are none.</summary>
        private string Quantity => (Number % 8) switch { 0 => "\"2.5\"", 1 => "null", 2 => "1e20", _ => $"{EventId.Length}" };

        private string More => Type switch
        {
            "ADD" => $$""","product":{"type":"BIKE","item_id":"{{Item}}","name":"n","quantity":{{Quantity}},"price":2.5}""",
            "CONFIRM" => $$""","product":[{"item_id":"{{Item}}"}]""",
            "CHECKOUT" => $$""","reference_id":"R","status":"{{Statuses[Number % Statuses.Length]}}" """,
            "IDENTITY" => ""","identifiers":[{"provider":"CRM_ID","id":"HB-1"}]""",
            _ => "",
        };
    }
}
