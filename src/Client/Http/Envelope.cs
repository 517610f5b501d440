using System.Buffers;
using System.Text.Json;

namespace GuestSessions.Client;

/// <summary>An event on its way: what is sent for it stays the same over all tries.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="Utf8">JSON on one line.</param>
internal sealed record Envelope(string EventId, byte[] Utf8)
{
    [ThreadStatic]
    private static Scratch? _scratch;

    /// <param name="guest">Named in the envelope; null where the URL names it.</param>
    /// <param name="guestEvent">Gets an id and a time if it has none.</param>
    /// <param name="now">The time of an event without one.</param>
    public static Envelope Of(string? guest, GuestEvent guestEvent, DateTimeOffset now)
    {
        var eventId = guestEvent.EventId ?? Guid.CreateVersion7(now).ToString("N");
        var (buffer, writer) = _scratch ??= Scratch.New();
        buffer.ResetWrittenCount();
        writer.Reset();
        writer.WriteStartObject();
        writer.WriteString("event_id"u8, eventId);
        if (guest is not null)
            writer.WriteString("guest"u8, guest);
        writer.WriteString("occurred_at"u8, (guestEvent.OccurredAt ?? now).UtcDateTime);
        writer.WritePropertyName("event"u8);
        guestEvent.WriteTo(writer);
        writer.WriteEndObject();
        writer.Flush();
        return new Envelope(eventId, buffer.WrittenSpan.ToArray());
    }

    /// <summary>Kept by each thread, because most envelopes are small and many.</summary>
    private sealed record Scratch(ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)
    {
        public static Scratch New()
        {
            var buffer = new ArrayBufferWriter<byte>();
            return new Scratch(buffer, new Utf8JsonWriter(buffer));
        }
    }
}
