using System.Text;
using System.Text.Json.Serialization;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Codec;

namespace GuestSessions.Storage.Tests.Golden;

/// <summary>
/// The files of this test are frozen with a release, so that stored rows stay readable. A new optional member of a record
/// does not change them; a new kind of event adds a line.
/// </summary>
public sealed class GoldenJournalTests
{
    private static readonly GuestKey Guest = new("shop", 1);

    private static readonly string[] Commits = Lines("format-1.commits.base64");

    private static readonly string[] Snapshots =
        [.. Lines("format-1.snapshot.json"), .. Lines("format-1.snapshot-linked.json")];

    private static readonly SessionSnapshot[] SnapshotRecords =
        [GoldenRecords.Snapshot, GoldenRecords.LinkedSnapshot];

    private static readonly string LaterSnapshot = Lines("format-1.later.snapshot.json").Single();

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, GoldenRecords.Events.Count)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_stored_commit_is_still_read_as_it_was_written(int kind)
    {
        var commit = Decode(Commits[kind]);

        Assert.Equivalent(GoldenRecords.Events[kind], Assert.Single(commit.Events), strict: true);
        Assert.IsType(GoldenRecords.Events[kind].GetType(), commit.Events[0]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Writing_a_commit_gives_the_same_bytes(int kind) =>
        Assert.Equal(Commits[kind], Encode(GoldenRecords.Events[kind]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_stored_snapshot_is_still_read_as_it_was_written(int number)
    {
        var record = SnapshotRecords[number];
        var stored = new StoredSnapshot(record.Version, 1, Encoding.UTF8.GetBytes(Snapshots[number]));

        Assert.Equivalent(record, JournalCodec.Decode(Guest, stored), strict: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Writing_a_snapshot_gives_the_same_bytes(int number) =>
        Assert.Equal(Snapshots[number], Encoding.UTF8.GetString(JournalCodec.Encode(SnapshotRecords[number])));

    [Fact]
    public void A_snapshot_with_later_members_is_read_and_written_the_same_way()
    {
        var stored = new StoredSnapshot(GoldenRecords.LaterSnapshot.Version, 1, Encoding.UTF8.GetBytes(LaterSnapshot));

        Assert.Equivalent(GoldenRecords.LaterSnapshot, JournalCodec.Decode(Guest, stored), strict: true);
        Assert.Equal(LaterSnapshot, Encoding.UTF8.GetString(JournalCodec.Encode(GoldenRecords.LaterSnapshot)));
    }

    [Fact]
    public void The_snapshot_of_a_guest_with_replays_is_read_and_written_the_same_way()
    {
        var snapshot = Lines("format-1.replayed.snapshot.json").Single();
        var stored = new StoredSnapshot(GoldenRecords.ReplaySnapshot.Version, 1, Encoding.UTF8.GetBytes(snapshot));

        Assert.Equivalent(GoldenRecords.ReplaySnapshot, JournalCodec.Decode(Guest, stored), strict: true);
        Assert.Equal(snapshot, Encoding.UTF8.GetString(JournalCodec.Encode(GoldenRecords.ReplaySnapshot)));
    }

    [Fact]
    public void Rare_members_are_read_and_written_the_same_way()
    {
        var line = Assert.Single(Lines("format-1.rare.base64"));

        Assert.Equivalent(GoldenRecords.Rare, Decode(line).Events, strict: true);
        Assert.Equal(line, Encode([.. GoldenRecords.Rare]));
    }

    [Fact]
    public void Every_kind_of_event_has_a_line()
    {
        var kinds = typeof(SessionEvent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Cast<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType);

        Assert.Equal(kinds, GoldenRecords.Events.Select(golden => golden.GetType()));
        Assert.Equal(GoldenRecords.Events.Count, Commits.Length);
    }

    private static string Encode(params SessionEvent[] events) =>
        Convert.ToBase64String(CommitForm.Write([], events, GoldenRecords.At));

    private static JournalCommit Decode(string line) =>
        JournalCodec.Decode(Guest, new StoredRow(1, GoldenRecords.At, 1, Convert.FromBase64String(line))).Single();

    private static string[] Lines(string file)
    {
        using var stream = typeof(GoldenJournalTests).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
