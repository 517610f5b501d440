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

    /// <summary>The longest bytes that a head keeps. <value>192 bytes, three ordinary deliveries</value></summary>
    private const int MostKept = 192;

    /// <summary>Encodes a commit together with those that the head keeps, as a row or to be kept again.</summary>
    public static (byte[] Payload, byte[] Kept) Encode(JournalEntry entry)
    {
        if (CanBeKept(entry) && CommitForm.WriteKept(entry.Kept, entry.Events, entry.At) is { Length: <= MostKept } kept)
            return ([], kept);
        return (CommitForm.Write(entry.Kept, entry.Events, entry.At), []);
    }

    /// <summary>Encodes a row with all its commits.</summary>
    /// <param name="commits">At least one.</param>
    public static byte[] Encode(IReadOnlyList<JournalCommit> commits) => CommitForm.Write(
        commits.SkipLast(1).Aggregate<JournalCommit, byte[]>(
            [], static (kept, commit) => CommitForm.WriteKept(kept, commit.Events, commit.At)),
        commits[^1].Events, commits[^1].At);

    public static byte[] Encode(SessionSnapshot snapshot) =>
        JsonSerializer.SerializeToUtf8Bytes(snapshot, StoredJson.Snapshot);

    /// <summary>
    /// Bytes that are in the payload of every commit that accepted an event with this id. Others may contain them too.
    /// </summary>
    public static byte[] TextOf(string eventId) => CommitForm.IdOf(eventId);

    /// <summary>The commits of a row, in order; at least one.</summary>
    public static IReadOnlyList<JournalCommit> Decode(GuestKey guest, StoredRow row) => Read(
        Name("commit", guest, row.Version, row.Format), row.Format,
        () => CommitForm.Read(row.Payload, row.Version, row.At));

    /// <summary>The commits that a head keeps, in order; at least one.</summary>
    public static IReadOnlyList<JournalCommit> Decode(GuestKey guest, long head, StoredKept kept) => Read(
        Name("head", guest, head, kept.Format), kept.Format, () => CommitForm.ReadKept(kept.Payload, head));

    public static SessionSnapshot Decode(GuestKey guest, StoredSnapshot stored)
    {
        var name = Name("snapshot", guest, stored.Version, stored.Format);
        var snapshot = Read(name, stored.Format, () => JsonSerializer.Deserialize(stored.Payload, StoredJson.Snapshot)
            ?? throw new JsonException("The row is null."));
        return snapshot.Version == stored.Version
            ? snapshot
            : throw new JournalCorruptException($"{name} holds version {snapshot.Version}.");
    }

    // What a search looks for, or what a list shows, is in a row.
    private static bool CanBeKept(JournalEntry entry)
    {
        if (entry.Terms.Count + entry.LateChanges.Count + entry.Lists.Asides.Count + entry.Lists.Acts.Count > 0)
            return false;
        for (var i = 0; i < entry.Events.Count; i++)
        {
            if (entry.Events[i] is not (DeliveryStarted or EventDelivered))
                return false;
        }

        return true;
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
