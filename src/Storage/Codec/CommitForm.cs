using System.Buffers;
using System.Text.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Codec;

/// <summary>
/// The bytes of a commit: the number of its events, then each event as its kind and its fields. The frequent events have a
/// short form (<see cref="ShortEvents"/>). All others are JSON, which an operator can read in the database.
/// </summary>
internal static class CommitForm
{
    // Kinds are never used again.
    private const byte Json = 0;
    private const byte Recorded = 1;
    private const byte Started = 2;
    private const byte Delivered = 3;

    /// <summary>JSON of an <see cref="EventRecorded"/> that the short form cannot hold, after its id.</summary>
    private const byte RecordedJson = 4;

    /// <summary>A larger buffer is not kept for the next commit. <value>64 KB</value></summary>
    private const int MostKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public static byte[] Write(IReadOnlyList<SessionEvent> events, DateTimeOffset at)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        var row = new RowWriter(buffer, at);
        row.Number((ulong)events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            switch (events[i])
            {
                case EventRecorded recorded when ShortEvents.Fits(recorded):
                    row.Byte(Recorded);
                    ShortEvents.Write(row, recorded);
                    break;
                case EventRecorded recorded:
                    row.Byte(RecordedJson);
                    row.Text(recorded.EventId);
                    row.Bytes(JsonOf(recorded));
                    break;
                case DeliveryStarted started:
                    row.Byte(Started);
                    ShortEvents.Write(row, started);
                    break;
                case EventDelivered delivered:
                    row.Byte(Delivered);
                    ShortEvents.Write(row, delivered);
                    break;
                case var @event:
                    row.Byte(Json);
                    row.Bytes(JsonOf(@event));
                    break;
            }
        }

        var written = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > MostKept)
            _buffer = null;
        return written;
    }

    /// <exception cref="FormatException">The bytes are not those of a commit.</exception>
    /// <exception cref="JsonException">An event's JSON is damaged, or has a member that is not known.</exception>
    public static SessionEvent[] Read(ReadOnlyMemory<byte> payload, DateTimeOffset at)
    {
        var row = new RowReader(payload, at);
        var count = row.Number();
        if (count == 0 || count > (ulong)payload.Length)
            throw new FormatException("A commit has events, and each of them has bytes.");
        var events = new SessionEvent[count];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = row.Byte() switch
            {
                Recorded => ShortEvents.ReadRecorded(ref row),
                Started => ShortEvents.ReadStarted(ref row),
                Delivered => ShortEvents.ReadDelivered(ref row),
                RecordedJson when row.Text() is not null => OfJson(row.Bytes()),
                Json => OfJson(row.Bytes()),
                _ => throw new FormatException("A kind of event is not known."),
            };
        }

        return row.IsAtEnd ? events : throw new FormatException("Bytes follow the last event.");
    }

    /// <summary>How an event's id is written, in either form.</summary>
    public static byte[] IdOf(string eventId)
    {
        var bytes = new ArrayBufferWriter<byte>();
        new RowWriter(bytes, default).Text(eventId);
        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] JsonOf(SessionEvent @event) => JsonSerializer.SerializeToUtf8Bytes(@event, StoredJson.Event);

    private static SessionEvent OfJson(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, StoredJson.Event) ?? throw new JsonException("An event is null.");
}
