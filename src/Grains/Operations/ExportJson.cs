using System.Text.Json;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Operations;

/// <summary>Writes what the service holds of a guest, unmasked. <see cref="ExportTexts.Schema"/> describes it.</summary>
internal static class ExportJson
{
    public static void Write(Utf8JsonWriter json, string tenant, DateTimeOffset now, IReadOnlyList<GuestView> guests)
    {
        json.WriteStartObject();
        json.WriteString("tenant", tenant);
        json.WriteString("exported_at", now);
        json.WriteStartArray("lines");
        foreach (var guest in guests)
            Write(json, guest);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string guest, EventDetail @event)
    {
        var summary = @event.Summary;
        json.WriteStartObject();
        json.WriteString("guest", guest);
        json.WriteNumber("sequence", summary.Sequence);
        json.WriteString("event_id", summary.EventId);
        json.WriteString("type", summary.Type);
        json.WriteString("state", summary.State);
        Write(json, "occurred_at", summary.OccurredAt);
        json.WriteString("received_at", summary.ReceivedAt);
        Write(json, "sent_at", summary.SentAt);
        Write(json, "delivered_at", summary.DeliveredAt);
        Write(json, "reference", summary.Reference);
        Write(json, "code", summary.Code);
        Write(json, "received", @event.Received);
        Write(json, "sent", @event.Sent);
        json.WriteStartArray("attempts");
        foreach (var attempt in @event.Attempts)
        {
            json.WriteStartObject();
            json.WriteNumber("number", attempt.Number);
            json.WriteString("started_at", attempt.StartedAt);
            Write(json, "ended_at", attempt.Result?.EndedAt);
            Write(json, "outcome", attempt.Result is { } result ? OutcomeNames.Of(result.Outcome) : null);
            Write(json, "answer", attempt.Result?.Answer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("acts");
        foreach (var act in @event.Acts)
        {
            json.WriteStartObject();
            json.WriteString("by", act.Act.By);
            json.WriteString("at", act.Act.At);
            Write(json, "reason", act.Act.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GuestView guest)
    {
        json.WriteStartObject();
        json.WriteString("guest", guest.Guest);
        json.WriteString("opened_at", guest.OpenedAt);
        json.WriteNumber("last_sequence", guest.LastSequence);
        json.WriteStartArray("identifiers");
        foreach (var identifier in guest.Identifiers)
        {
            json.WriteStartObject();
            json.WriteString("provider", identifier.Provider);
            json.WriteString("id", identifier.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("browser_ids");
        foreach (var browserId in guest.BrowserIds)
            json.WriteStringValue(browserId);
        json.WriteEndArray();
        json.WriteStartArray("sessions");
        foreach (var session in guest.Sessions)
            Write(json, session.Session);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, UpstreamSession session)
    {
        json.WriteStartObject();
        json.WriteNumber("number", session.Number);
        Write(json, "browser_id", session.BrowserId);
        json.WriteString("channel", session.Channel);
        json.WriteString("point_of_sale", session.PointOfSale);
        json.WriteString("started_at", session.StartedAt);
        json.WriteString("last_activity_at", session.LastActivityAt);
        Write(json, "first_page", session.FirstPage);
        Write(json, "last_page", session.LastPage);
        json.WriteStartObject("events");
        foreach (var (type, count) in session.Counts)
            json.WriteNumber(type, count);
        json.WriteEndObject();
        json.WriteStartArray("cart");
        foreach (var line in session.Cart?.Lines ?? [])
            json.WriteStringValue(line.ItemId);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } time)
            json.WriteString(name, time);
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> value)
    {
        if (value.IsEmpty)
            return;
        json.WritePropertyName(name);
        json.WriteRawValue(value.Span, skipInputValidation: true);
    }
}
