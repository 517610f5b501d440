using System.Buffers;
using System.Text.Json;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Codec;

/// <summary>
/// The bytes of a row. A commit is the number of its events, then each event as its kind and its fields. The frequent events
/// have a short form (<see cref="ShortEvents"/>). All others are JSON, which an operator can read in the database. Before
/// the row's own commit are those that the head had kept, each with a mark and its time.
/// </summary>
internal static class CommitForm
{
    /// <summary>Begins a commit that the head kept. No commit begins with it: its first byte counts its events.</summary>
    private const byte Kept = 0;

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

    /// <summary>The bytes of a row: the commits that the head kept, then the events of a commit.</summary>
    /// <param name="at">When the commit was made; it is stored with the row.</param>
    public static byte[] Write(byte[] kept, IReadOnlyList<SessionEvent> events, DateTimeOffset at)
    {
        var buffer = BufferWith(kept);
        WriteEvents(new RowWriter(buffer, at), events);
        return Written(buffer);
    }

    /// <summary>The bytes that a head keeps: the commits that it kept, then one more, each with its time.</summary>
    public static byte[] WriteKept(byte[] kept, IReadOnlyList<SessionEvent> events, DateTimeOffset at)
    {
        var buffer = BufferWith(kept);
        var time = new RowWriter(buffer, DateTimeOffset.MinValue);
        time.Byte(Kept);
        time.Time(at);
        WriteEvents(new RowWriter(buffer, at), events);
        return Written(buffer);
    }

    /// <summary>The commits of a row.</summary>
    /// <param name="version">The version of the last.</param>
    /// <param name="at">When the last was made.</param>
    /// <exception cref="FormatException">The bytes are not those of a row.</exception>
    /// <exception cref="JsonException">An event's JSON is damaged, or has a member that is not known.</exception>
    public static IReadOnlyList<JournalCommit> Read(ReadOnlyMemory<byte> payload, long version, DateTimeOffset at)
    {
        var commits = ReadKept(ref payload);
        commits.Add(new JournalCommit(0, at, ReadEvents(ref payload, at)));
        return payload.IsEmpty ? Numbered(commits, version) : throw new FormatException("Bytes follow the last event.");
    }

    /// <summary>The commits that a head keeps.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<JournalCommit> ReadKept(ReadOnlyMemory<byte> payload, long version)
    {
        var commits = ReadKept(ref payload);
        return commits.Count > 0 && payload.IsEmpty
            ? Numbered(commits, version)
            : throw new FormatException("A head keeps commits with their times, and nothing else.");
    }

    /// <summary>How an event's id is written, in either form.</summary>
    public static byte[] IdOf(string eventId)
    {
        var bytes = new ArrayBufferWriter<byte>();
        new RowWriter(bytes, default).Id(eventId);
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteEvents(in RowWriter row, IReadOnlyList<SessionEvent> events)
    {
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
                    row.Id(recorded.EventId);
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
    }

    private static List<JournalCommit> ReadKept(ref ReadOnlyMemory<byte> payload)
    {
        List<JournalCommit> commits = [];
        while (!payload.IsEmpty && payload.Span[0] == Kept)
        {
            var time = new RowReader(payload[1..], DateTimeOffset.MinValue);
            var at = time.Time();
            payload = time.Rest;
            commits.Add(new JournalCommit(0, at, ReadEvents(ref payload, at)));
        }

        return commits;
    }

    private static SessionEvent[] ReadEvents(ref ReadOnlyMemory<byte> payload, DateTimeOffset at)
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
                RecordedJson when row.Id() is not null => OfJson(row.Bytes()),
                Json => OfJson(row.Bytes()),
                _ => throw new FormatException("A kind of event is not known."),
            };
        }

        payload = row.Rest;
        return events;
    }

    /// <summary>The versions of a row's commits follow each other.</summary>
    private static JournalCommit[] Numbered(List<JournalCommit> commits, long version) =>
        [.. commits.Select((commit, i) => commit with { Version = version - commits.Count + 1 + i })];

    private static ArrayBufferWriter<byte> BufferWith(byte[] kept)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        buffer.Write(kept);
        return buffer;
    }

    private static byte[] Written(ArrayBufferWriter<byte> buffer)
    {
        var written = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > MostKept)
            _buffer = null;
        return written;
    }

    private static byte[] JsonOf(SessionEvent @event) => JsonSerializer.SerializeToUtf8Bytes(@event, StoredJson.Event);

    private static SessionEvent OfJson(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, StoredJson.Event) ?? throw new JsonException("An event is null.");
}
