using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Codec;

/// <summary>
/// Commits and snapshots as bytes. What it cannot read whole it does not read at all: an unknown event, an
/// unknown member or a damaged byte is a <see cref="JournalCorruptException"/> that names the row.
/// </summary>
internal static class JournalCodec
{
    /// <summary>
    /// The format written today. It is raised when rows can no longer be read by the version before; every
    /// lower one stays readable, which the golden journals in the tests hold us to.
    /// </summary>
    public const int Format = 1;

    public static byte[] Encode(IReadOnlyList<SessionEvent> events) =>
        JsonSerializer.SerializeToUtf8Bytes(events, StoredJson.Events);

    public static byte[] Encode(SessionSnapshot snapshot) =>
        JsonSerializer.SerializeToUtf8Bytes(snapshot, StoredJson.Snapshot);

    /// <summary>What the row of a commit contains that accepted an event with this id; others may, too.</summary>
    public static byte[] TextOf(string eventId) =>
        [.. "\"event_id\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(eventId, StoredJson.Text)];

    public static JournalCommit Decode(GuestKey guest, StoredRow row)
    {
        var name = Name("commit", guest, row.Version, row.Format);
        var events = Decode(name, row.Format, row.Payload, StoredJson.Events);
        if (events.Count == 0 || events.Contains(null!))
            throw new JournalCorruptException($"{name} lacks an event.");
        return new JournalCommit(row.Version, row.At, events);
    }

    public static SessionSnapshot Decode(GuestKey guest, StoredSnapshot stored)
    {
        var name = Name("snapshot", guest, stored.Version, stored.Format);
        var snapshot = Decode(name, stored.Format, stored.Payload, StoredJson.Snapshot);
        return snapshot.Version == stored.Version
            ? snapshot
            : throw new JournalCorruptException($"{name} holds version {snapshot.Version}.");
    }

    private static T Decode<T>(string name, int format, byte[] payload, JsonTypeInfo<T> type)
        where T : class
    {
        if (format > Format)
            throw new JournalCorruptException($"{name} was written by a newer version of the service.");
        if (format < 1)
            throw new JournalCorruptException($"{name} has a format that never existed.");

        try
        {
            return JsonSerializer.Deserialize(payload, type) ?? throw new JsonException("The row is null.");
        }
        // Reading is a function of the bytes alone: whatever fails in it, the bytes are to blame.
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new JournalCorruptException($"{name} cannot be read.", failure);
        }
    }

    private static string Name(string kind, GuestKey guest, long version, int format) =>
        $"The {kind} of guest {guest.HashText}, version {version}, format {format}";
}
