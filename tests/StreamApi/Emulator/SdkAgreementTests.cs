using System.Text;
using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Emulator;

/// <summary>
/// What this service puts into quarantine of the SDKs' traffic is what the upstream loses, and nothing else: held against
/// the emulator, which knows nothing of this service's rules.
/// </summary>
public sealed class SdkAgreementTests
{
    private const int Events = 1_500;

    private static readonly SdkEventReader Reader = new(
        new EventRules(
            new Dictionary<string, PointOfSaleOptions> { ["harbourbikes/ie"] = new() { Name = "harbourbikes/ie" } },
            new EventDefaults(), new IngestOptions()),
        new Dictionary<string, string>());

    private static readonly string[] Types =
    [
        "VIEW", "view", "IDENTITY", "SEARCH", "ADD", "ADD_CONTACTS", "ADD_CONSUMERS", "CONFIRM", "CHECKOUT", "PAYMENT", "CLEAR_CART",
        "ORDER_CHECKOUT", "FORM", "FORCE_CLOSE", "CLICK", "SC_X", "TRACKING", "SADDLE_FITTED", "ORDER-CHECKOUT", " ", "a\tb",
    ];

    private static readonly string[] Names =
    [
        "channel", "language", "currency", "page", "pos", "requested_at", "ext", "session_data", "client_key", "identifiers",
        "email", "lastname", "street", "country", "dob", "product_name", "product_type", "flight_type", "product", "contact",
        "consumer", "reference_id", "status", "pay_type", "order", "sc_search", "utm_source", "own", "referrer",
    ];

    private static readonly string[] Values =
    [
        "null", "7", "-5", "1.5", "true", "\"\"", "\"x\"", "\"Ireland\"", "\"fr-CA\"", "\"WEB\"", "\"2026-11-23\"", "[]", "{}", "[7]", "[null]",
        "[\"x\"]", "[{}]", "{\"a\":null}", "{\"a_b\":[1,{\"c\":2}],\"a-b\":{\"d\":1},\"\":true}", "{\"item_id\":\"A\"}", "[{\"item_id\":\"A\"}]",
        "{\"type\":\"bike\",\"item_id\":\"A\",\"quantity\":0,\"price\":\"9\"}", "[{\"provider\":\"CRM\",\"id\":\"undefined\"}]",
        "[{\"provider\":\"CRM\",\"id\":\" C-1 \",\"expiry_date\":null}]", "{\"referenceId\":7,\"status\":\"x\",\"extensions\":[{}]}",
        "{\"formId\":\"f\",\"interactionType\":\"OPENED\"}",
    ];

    private static readonly string[] PointsOfSale =
        ["\"harbourbikes/ie\"", "\"harbourbikes/ie\"", "\"harbourbikes/ie\"", "\"HARBOURBIKES/IE\"", "\"elsewhere\"", "\"\"", "null", "7"];

    [Fact]
    public async Task An_SDK_event_is_quarantined_exactly_where_the_upstream_loses_it()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        var chance = new Random(20261123);
        var (kept, lost) = (0, 0);
        for (var at = 0; at < Events; at++)
        {
            var json = NewEvent(chance, browser);
            var sdk = Reader.Read(Encoding.UTF8.GetBytes(json), siteId: null);
            Assert.NotNull(sdk.Event);

            using var body = new StringContent(json);
            using var answer = await upstream.Http.PostAsync($"/v1.2/events?client_key={RunningEmulator.Key}", body);
            var arrival = upstream.Emulator.Arrivals.Since(browserId: browser)[^1];
            var isLost = arrival.Fate != Fate.Kept || (int)answer.StatusCode != 201;

            Assert.True(isLost == sdk.Event.Quarantine is not null,
                $"The upstream {(isLost ? "loses" : "keeps")} it, and here it is {sdk.Event.Quarantine ?? "forwarded"}: {json}");
            (kept, lost) = isLost ? (kept, lost + 1) : (kept + 1, lost);
        }

        Assert.True(kept > 300 && lost > 300, $"{kept} were kept and {lost} lost.");
    }

    private static string NewEvent(Random chance, string browser)
    {
        var members = new List<KeyValuePair<string, string>>
        {
            new("type", JsonValue.Create(Pick(Types)).ToJsonString()),
            new("browser_id", $"\"{browser}\""),
            new("pos", Pick(PointsOfSale)),
            new("channel", "\"WEB\""),
            new("language", "\"EN\""),
            new("currency", "\"EUR\""),
            new("page", "\"home\""),
        };
        if (chance.Next(12) == 0)
            members.RemoveAt(2);
        for (var more = chance.Next(5); more > 0; more--)
        {
            // A name may come twice.
            var name = Pick(Names);
            if (name != "pos")
                members.Add(new(name, Pick(Values)));
        }

        var all = members.ToArray();
        chance.Shuffle(all);
        return "{" + string.Join(',', all.Select(member => $"\"{member.Key}\":{member.Value}")) + "}";

        string Pick(string[] of) => of[chance.Next(of.Length)];
    }
}
