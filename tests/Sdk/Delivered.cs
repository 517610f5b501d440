using System.Text.Json.Nodes;
using GuestSessions.Emulator.Arrivals;

namespace GuestSessions.SdkTests;

/// <summary>Compares what SDKs sent with what the upstream got.</summary>
internal static class Delivered
{
    /// <summary>Members that the service itself answers for, or that it may fill where an SDK left them out.</summary>
    private static readonly string[] OfTheService = ["client_key", "browser_id", "pos"];

    /// <summary>
    /// Asserts that the acknowledged events arrived in the order in which the SDK sent them, each once or, where a kill
    /// left it in doubt, once more right after; and each with everything the SDK had put into it.
    /// </summary>
    /// <param name="sent">Acknowledged events in the SDK's order.</param>
    /// <param name="arrived">The browser's events that the upstream keeps, in theirs.</param>
    /// <param name="resends">How many may have come twice.</param>
    public static void MustBeWhole(
        IReadOnlyList<SdkRequest> sent, IReadOnlyList<Arrival> arrived, int resends, bool edge)
    {
        var at = 0;
        var again = 0;
        foreach (var arrival in arrived)
        {
            var body = BodyOf(arrival);
            if (at < sent.Count && Holds(body, sent[at].Body!))
                at++;
            else if (at > 0 && Holds(body, sent[at - 1].Body!))
                again++;
            else
                Assert.Fail($"Event {at} of {sent.Count} was to come: {sent.ElementAtOrDefault(at)?.Body}; got {body}");
            Assert.Equal(edge ? "" : Shop.PointOfSale, body["pos"]?.GetValue<string>());
            Assert.Equal(edge ? "" : Shop.ClientKey, body["client_key"]?.GetValue<string>());
            Assert.Equal(edge ? Shop.Site : null, arrival.SiteId);
        }

        Assert.Equal(sent.Count, at);
        Assert.InRange(again, 0, resends);
    }

    /// <summary>Whether each event arrived, in whatever order.</summary>
    public static bool AreAll(IReadOnlyList<SdkRequest> sent, IReadOnlyList<Arrival> arrived)
    {
        var bodies = arrived.Select(BodyOf).ToList();
        return sent.All(request => bodies.Exists(body => Holds(body, request.Body!)));
    }

    private static JsonObject BodyOf(Arrival arrival) => (JsonObject)JsonNode.Parse(arrival.Body.Span)!;

    /// <summary>Whether an event upstream has every member that the SDK gave a value.</summary>
    private static bool Holds(JsonObject arrived, JsonObject sent) => sent.All(member =>
        OfTheService.Contains(member.Key)
        || member.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0
        || (member.Key == "identifiers" && BeginsWith(arrived[member.Key], member.Value!))
        || JsonNode.DeepEquals(arrived[member.Key], member.Value));

    /// <summary>What else is known of the guest travels behind the SDK's own identifiers.</summary>
    private static bool BeginsWith(JsonNode? arrived, JsonNode sent) => arrived is JsonArray list
        && sent.AsArray().Count <= list.Count
        && sent.AsArray().Index().All(own => JsonNode.DeepEquals(list[own.Index], own.Item));
}
