using System.Runtime.InteropServices;
using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// Checks envelopes for one tenant: <c>{"event_id"?, "guest"?, "occurred_at"?, "event":{…}}</c>. Holds no
/// state, so that one reader serves all requests.
/// </summary>
/// <param name="rules">What is known of the tenant.</param>
public sealed class EnvelopeReader(EventRules rules)
{
    private const string EventPath = "/event";

    private static readonly string[] Names = ["event_id", "guest", "occurred_at", "event", "events"];

    // What stands in a wrong place teaches nothing.
    private readonly EventRules _trial = rules with { DryRun = true };

    /// <summary>
    /// Reads one envelope. Never throws: every problem is returned as a violation, at most 20 of them. The result
    /// keeps no reference to <paramref name="utf8"/>.
    /// </summary>
    public EnvelopeCheck Read(ReadOnlyMemory<byte> utf8)
    {
        var (document, fault) = StrictJson.ParseEnvelope(utf8, rules.Limits.JsonDepth, out var canonical);
        if (document is null)
            return Rejected(null, null, Subjects(utf8), [fault!], []);

        using (document)
        using (canonical)
            return Read(document.RootElement, canonical);
    }

    /// <summary>What is wrong with a body of another shape than a call takes, and with the envelopes in it.</summary>
    /// <param name="utf8">The whole body.</param>
    /// <param name="shape">What is wrong with its shape.</param>
    public EnvelopeCheck ReadMisshapen(ReadOnlyMemory<byte> utf8, Violation shape)
    {
        const int around = 2;
        var (document, fault) = StrictJson.Parse(utf8, rules.Limits.JsonDepth + around);
        if (document is null)
            return Rejected(null, null, Subjects(utf8), [fault!], []);
        var found = new Violations();
        found.Error(shape.Code, shape.Path, shape.Detail);
        using (document)
            Below(document.RootElement, "", found);
        return Rejected(null, null, Subjects(utf8), found.Errors, found.Warnings);
    }

    /// <param name="root">The envelope.</param>
    /// <param name="canonical">Its canonical form; null for one that is only checked.</param>
    private EnvelopeCheck Read(JsonElement root, CanonicalForm? canonical)
    {
        var found = new Violations();
        if (root.ValueKind != JsonValueKind.Object)
        {
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 1)
                found.Error(EventCodes.WrongType, "", "Expected one envelope; got an array. "
                    + "Send each by itself, or several of one guest as a body {\"events\":[…]}.");
            else
                root.Is(JsonValueKind.Object, "", found);
            Below(root, "", found);
            return Rejected(null, null, Subjects(root), found.Errors, found.Warnings);
        }

        string? eventId = null, guest = null;
        DateTimeOffset? occurredAt = null;
        JsonElement? body = null;
        foreach (var member in root.EnumerateObject())
        {
            if (member.NameEquals("event"u8))
                body = member.Value;
            else if (member.NameEquals("event_id"u8))
                eventId = EventId(member.Value, found);
            else if (member.NameEquals("guest"u8))
                guest = Guest(member.Value, found);
            else if (member.NameEquals("occurred_at"u8))
                occurredAt = OccurredAt(member.Value, found);
            else if (!found.Full && !(member.NameEquals("events"u8) && member.Value.ValueKind == JsonValueKind.Null))
                found.Error(EventCodes.UnknownMember, JsonPointer.To("", member.Name),
                    "Expected only event_id, guest, occurred_at and event." + Advice(member, root));
        }

        var @event = Event(body, found);
        if (body is null)
            Misplaced(root, found);
        if (@event is null || found.Any)
            return Rejected(eventId, guest, Subjects(root), found.Errors, found.Warnings);
        var envelope = new Envelope(eventId, guest, occurredAt, canonical?.Hash ?? default, @event);
        return new EnvelopeCheck(envelope, eventId, guest, found.Errors, found.Warnings);
    }

    private static EnvelopeCheck Rejected(
        string? eventId, string? guest, IReadOnlyList<EventSubject> subjects, IReadOnlyList<Violation> errors,
        IReadOnlyList<Violation> warnings)
        => new(null, eventId, guest, errors, warnings) { Subjects = subjects };

    private IReadOnlyList<EventSubject> Subjects(ReadOnlyMemory<byte> utf8) => EventSubject.AllOf(utf8, rules.Limits.BatchEvents);

    private IReadOnlyList<EventSubject> Subjects(JsonElement root) => EventSubject.AllOf(root, rules.Limits.BatchEvents);

    private static string Advice(JsonProperty member, JsonElement root)
    {
        if (member.NameEquals("events"u8))
            return " Send either event or events.";
        return IsType(member) && !root.TryGetProperty("event"u8, out _)
            ? " Put the Stream API's event into the member event."
            : Spelling.Advice(Spelling.Nearest(member.Name, Names));
    }

    private static bool IsType(JsonProperty member)
        => member.NameEquals("type"u8) || Spelling.MeantBy(member.Name, ["type"]) is not null;

    /// <summary>Whatever takes the place of the event: under another name, or without its envelope.</summary>
    private void Misplaced(JsonElement root, Violations found)
    {
        foreach (var member in root.EnumerateObject())
        {
            var at = JsonPointer.To("", member.Name);
            if (IsType(member))
                EventBelow(root, "", found);
            else if (Spelling.Nearest(member.Name, ["event", "events"]) is { } meant)
            {
                if (meant == "event")
                    EventBelow(member.Value, at, found);
                else
                    Below(member.Value, at, found);
            }
        }
    }

    /// <summary>The envelopes within a value of another shape.</summary>
    private void Below(JsonElement value, string path, Violations found)
        => EnclosedObjects.Check(value, path, found, (inner, at) =>
        {
            if (inner.TryGetProperty("events"u8, out var events) && events.ValueKind != JsonValueKind.Null)
                Below(events, JsonPointer.To(at, "events"), found);
            else if (Read(inner, canonical: null) is var check)
                found.Take(check.Errors, check.Warnings, "", at);
        });

    /// <summary>The event within a value that is none.</summary>
    private void EventBelow(JsonElement value, string path, Violations found)
        => EnclosedObjects.Check(value, path, found, (inner, at) =>
        {
            var below = new Violations();
            if (Fits(inner, below))
                new EventReader(_trial, inner, below).Read();
            found.Take(below.Errors, below.Warnings, EventPath, at);
        });

    private StreamEvent? Event(JsonElement? body, Violations found)
    {
        if (body is not { } value)
        {
            found.Missing(EventPath, "an event of the Stream API");
            return null;
        }

        if (!value.Is(JsonValueKind.Object, EventPath, found, isRequired: true))
        {
            EventBelow(value, EventPath, found);
            return null;
        }

        return Fits(value, found) ? new EventReader(rules, value, found).Read() : null;
    }

    private bool Fits(JsonElement value, Violations found)
    {
        var size = JsonMarshal.GetRawUtf8Value(value).Length;
        if (size <= rules.Limits.EventBytes)
            return true;
        found.Error(EventCodes.EventTooLarge, EventPath,
            $"Expected at most {rules.Limits.EventBytes} bytes; got {size}.");
        return false;
    }

    private static string? EventId(JsonElement value, Violations found)
    {
        if (value.ValueKind == JsonValueKind.Null || !value.Is(JsonValueKind.String, "/event_id", found))
            return null;
        var id = value.GetString()!;
        if (CallerIds.IsValid(id))
            return id;
        found.Error(EventCodes.InvalidEventId, "/event_id", $"Expected {CallerIds.Expected}.{CallerIds.Advice(id)}");
        return null;
    }

    private string? Guest(JsonElement value, Violations found)
    {
        if (value.ValueKind == JsonValueKind.Null || !value.Is(JsonValueKind.String, "/guest", found))
            return null;
        var guest = value.GetString()!;
        var code = GuestIds.Check(guest, rules.Limits.JunkGuestIds);
        if (code == EventCodes.JunkGuestId)
            found.Error(code, "/guest", "Expected the id of one guest; got a placeholder.");
        else if (code == EventCodes.ReservedGuestId)
            found.Error(code, "/guest", "Expected a guest id of your own; this form is reserved for SDKs.");
        else if (code is not null)
            found.Error(code, "/guest", $"Expected {CallerIds.Expected}.{CallerIds.Advice(guest)}");
        return code == EventCodes.InvalidGuestId ? null : guest;
    }

    private static DateTimeOffset? OccurredAt(JsonElement value, Violations found)
    {
        const string path = "/occurred_at";
        const string expected = "an RFC 3339 time with an offset, like 2026-11-23T10:15:30.120Z";
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            found.WrongType(path, expected, value);
        else if (Rfc3339.TryParse(value, out var time))
            return time.ToUniversalTime();
        else
            found.Error(EventCodes.InvalidOccurredAt, path, $"Expected {expected}.");
        return null;
    }
}
