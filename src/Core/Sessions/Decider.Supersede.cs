using System.Buffers;
using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>
    /// Adds the guest's other known identifiers to an IDENTITY. The upstream stops at the first identity rule that
    /// matches, so each IDENTITY carries every identifier that a rule could match. The caller's own stay as they
    /// came.
    /// </summary>
    private static RecordEvent WithKnownIdentifiers(GuestSession session, RecordEvent command)
    {
        var @event = command.Event;
        if (@event.Type != EventTypes.Identity || command.Rules.IdentityRules.Count == 0)
            return command;
        List<Identifier> further = [];
        var size = @event.Size;
        foreach (var known in session.Identifiers.All)
        {
            size += known.Provider.Length + known.Id.Length;
            if (command.Rules.IdentityRules.Contains(known.Provider)
                && size <= session.Limits.IdentityBytes
                && !known.IsExpiredAt(command.ReceivedAt)
                && !@event.Identifiers.Any(own => own.Provider == known.Provider && own.Id == known.Id))
                further.Add(known);
        }

        return further.Count > 0 && PlaceForFurther(@event.Body) is { } place
            ? command with { Event = @event with { Defaults = Appended(@event.Defaults, place, further) } }
            : command;
    }

    /// <summary>
    /// Where further identifiers go: after those of the event; in their place if it has none, as an SDK may leave them out; null
    /// if something else stands there, which is sent as it came.
    /// </summary>
    private static string? PlaceForFurther(Utf8Json body)
    {
        using var document = JsonDocument.Parse(body.Bytes);
        if (!document.RootElement.TryGetProperty("identifiers", out var own))
            return "identifiers";
        return own.ValueKind switch
        {
            JsonValueKind.Array => "/identifiers/-",
            JsonValueKind.Null => "/identifiers",
            _ => null,
        };
    }

    private static Utf8Json Appended(Utf8Json defaults, string place, IReadOnlyList<Identifier> further)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMembers(json, defaults);
            json.WriteStartArray(place);
            WriteIdentifiers(json, further);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new Utf8Json(buffer.WrittenMemory.ToArray());
    }

    /// <summary>
    /// The unsent IDENTITY that <paramref name="recorded"/> repeats: of the same browser and session, with the same
    /// content, and with no event between them that needs the first. An order needs it, because otherwise the guest
    /// is still a visitor when it arrives. Another IDENTITY needs it too, because their order counts.
    /// </summary>
    private static EventSuperseded? Superseded(GuestSession session, EventRecorded recorded, DateTimeOffset now)
    {
        if (recorded.Type != EventTypes.Identity)
            return null;
        for (var i = session.Line.Count - 1; i >= 0; i--)
        {
            var entry = session.Line.Entries[i];
            var earlier = entry.Event;
            if (earlier.OrderAt > recorded.OrderAt)
                continue;
            if (earlier.Type == EventTypes.Identity)
                return !entry.KeepsItsPlace && IsSameIdentity(earlier, recorded)
                    ? new EventSuperseded(earlier.Sequence, recorded.Sequence, now)
                    : null;
            if (earlier.Type is EventTypes.OrderCheckout or EventTypes.Checkout)
                return null;
        }

        return null;
    }

    private static bool IsSameIdentity(EventRecorded earlier, EventRecorded recorded) =>
        earlier.Session == recorded.Session
        && string.Equals(earlier.BrowserId, recorded.BrowserId, StringComparison.OrdinalIgnoreCase)
        && earlier.Body == recorded.Body
        && (earlier.Defaults ?? default) == (recorded.Defaults ?? default);
}
