using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Codec;

namespace GuestSessions.Storage.Tests.Kit;

/// <summary>Short journal entries for tests.</summary>
internal static class Entries
{
    public const string Tenant = "shop";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Commits of one event each, a second apart: the first opens the guest, later ones flush its line.</summary>
    public static JournalEntry Entry(
        this GuestKeyring keyring, string guest, long version, bool pending = false) =>
        new(
            keyring.KeyOf(Tenant, guest),
            guest,
            version,
            Start.AddSeconds(version),
            [version == 1 ? new GuestOpened(guest, Start) : new LineFlushed(Start.AddSeconds(version))],
            pending,
            []);

    public static SessionSnapshot Snapshot(string guest, long version) => new()
    {
        Version = version,
        Guest = guest,
        OpenedAt = Start,
        LastSequence = 0,
        LastSession = 0,
    };

    public static EventRecorded Recorded(long sequence) => new()
    {
        Sequence = sequence,
        EventId = $"e{sequence}",
        Hash = new ContentHash((UInt128)sequence),
        Type = "VIEW",
        Channel = "WEB",
        PointOfSale = "myretail",
        Session = 1,
        ReceivedAt = Start,
        OrderAt = Start,
        DueAt = Start,
        Body = Utf8Json.Parse("""{"type":"VIEW","price":1.50}"""),
    };

    public static JournalRow Row(
        GuestKey guest, long version, byte[]? payload = null, int format = 1) =>
        new(new JournalEntry(guest, "anna", version, Start, [Recorded(version)], Pending: false, []), format,
            payload ?? CommitForm.Write([], [Recorded(version)], Start), [], []);
}
