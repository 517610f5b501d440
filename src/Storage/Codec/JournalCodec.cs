using System.Text.Json;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Codec;

/// <summary>
/// Encodes commits and snapshots as bytes. It reads a row completely or not at all: an unknown event, an unknown member or a
/// damaged byte causes a <see cref="JournalCorruptException"/> that names the row.
/// </summary>
internal static class JournalCodec
{
    /// <summary>
    /// The format of new rows. Raise it when the previous version of the service could not read them: for every new event, and
    /// every new member that rows get. Every lower format stays readable: the golden journals in the tests check it.
    /// </summary>
    public const int Format = 1;

    /// <summary>Encodes the events of a commit.</summary>
    /// <param name="at">When the commit was made; it is stored with the row.</param>
    public static byte[] Encode(IReadOnlyList<SessionEvent> events, DateTimeOffset at) => CommitForm.Write(events, at);

    public static byte[] Encode(SessionSnapshot snapshot) =>
        JsonSerializer.SerializeToUtf8Bytes(snapshot, StoredJson.Snapshot);

    /// <summary>
    /// Bytes that are in the payload of every commit that accepted an event with this id. Others may contain them too.
    /// </summary>
    public static byte[] TextOf(string eventId) => CommitForm.IdOf(eventId);

    public static JournalCommit Decode(GuestKey guest, StoredRow row)
    {
        var name = Name("commit", guest, row.Version, row.Format);
        return new JournalCommit(row.Version, row.At, Read(name, row.Format, () => CommitForm.Read(row.Payload, row.At)));
    }

    public static SessionSnapshot Decode(GuestKey guest, StoredSnapshot stored)
    {
        var name = Name("snapshot", guest, stored.Version, stored.Format);
        var snapshot = Read(name, stored.Format, () => JsonSerializer.Deserialize(stored.Payload, StoredJson.Snapshot)
            ?? throw new JsonException("The row is null."));
        return snapshot.Version == stored.Version
            ? snapshot
            : throw new JournalCorruptException($"{name} holds version {snapshot.Version}.");
    }

    private static T Read<T>(string name, int format, Func<T> read)
    {
        if (format > Format)
            throw new JournalCorruptException($"{name} was written by a newer version of the service.");
        if (format < 1)
            throw new JournalCorruptException($"{name} has a format that never existed.");

        try
        {
            return read();
        }
        // Decoding depends on nothing but the bytes, so every failure in it means that they are damaged.
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new JournalCorruptException($"{name} cannot be read.", failure);
        }
    }

    private static string Name(string kind, GuestKey guest, long version, int format) =>
        $"The {kind} of guest {guest.HashText}, version {version}, format {format}";
}
