using System.Text;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

/// <summary>What every store promises of the erasure of a guest.</summary>
public abstract partial class StoreContract
{
    private static readonly DateTimeOffset ErasedAt = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private IErasureStore Erasures => _store.Erasures;

    private IFileStore Files => _store.Files;

    [Fact]
    public async Task An_erased_guest_has_no_state_and_fences_who_wrote_before()
    {
        var guest = Key("erased");
        await AppendAsync(guest, "erased", 1);

        Assert.True(await Erasures.EraseAsync(Tombstone(guest, version: 1), CancellationToken.None));

        var stored = await _journal.LoadAsync(guest, CancellationToken.None);
        Assert.True(stored.IsErased);
        Assert.Equal((2, null), (stored.Floor, stored.Snapshot));
        Assert.Empty(stored.Commits);
        Assert.Equal(AppendResult.Fenced, await _journal.AppendAsync(Commit(guest, "erased", 2)));
        Assert.Equal(AppendResult.Fenced, await _journal.AppendAsync(Commit(guest, "erased", 3)));
        Assert.Equal("op1", (await Erasures.ReadAsync(guest, CancellationToken.None))!.Operation);
    }

    [Fact]
    public async Task A_tombstone_is_not_written_over_a_commit_that_it_does_not_know()
    {
        var guest = Key("raced");
        await AppendAsync(guest, "raced", 1);
        await AppendAsync(guest, "raced", 2);

        Assert.False(await Erasures.EraseAsync(Tombstone(guest, version: 1), CancellationToken.None));

        Assert.False((await _journal.LoadAsync(guest, CancellationToken.None)).IsErased);
        Assert.Null(await Erasures.ReadAsync(guest, CancellationToken.None));
    }

    [Fact]
    public async Task Clearing_deletes_every_row_of_an_erased_guest_and_none_of_another()
    {
        var (guest, other) = (Key("cleared"), Key("kept"));
        foreach (var (key, name) in new[] { (guest, "cleared"), (other, "kept") })
        {
            await AppendAsync(key, name, 1);
            await _journal.ClaimAsync(new BrowserClaim($"browser-of-{name}", key, name, After: 0), CancellationToken.None);
            await Lists.AppendActAsync(
                Entries.Tenant, new RecordedAct("guest_paused", new PersonAct("kim", ErasedAt, name)), CancellationToken.None, key);
        }

        await Erasures.EraseAsync(Tombstone(guest, version: 1), CancellationToken.None);
        var counts = await Erasures.ClearAsync([Rows(guest, "cleared"), Rows(other, "kept")], CancellationToken.None);

        Assert.Equal((1, 1, 1), (counts.Commits, counts.Browsers, counts.Acts));
        Assert.True(counts.Terms > 0);
        Assert.Empty(await _journal.FindAsync(Entries.Tenant, SearchTerm.Text("cleared@example.com"), null, 10, CancellationToken.None));
        Assert.Equal(["kept"], await _journal.FindAsync(
            Entries.Tenant, SearchTerm.Text("kept@example.com"), null, 10, CancellationToken.None));
        Assert.Equal("", (await _journal.ReadOwnerAsync(Entries.Tenant, "browser-of-cleared", CancellationToken.None))!.Name);
        var audit = await Lists.ReadAuditAsync(new AuditQuery(Entries.Tenant, null, guest, null, 10), CancellationToken.None);
        Assert.Equal(["guest_erased", "guest_paused"], audit.Select(static act => act.Act.Kind));
        Assert.Equal(["on request", null], audit.Select(static act => act.Act.Act.Reason));
        Assert.All(audit, static act => Assert.Null(act.Name));
        Assert.Equal(ErasureCounts.None, await Erasures.ClearAsync([Rows(guest, "cleared")], CancellationToken.None));
        Assert.Single((await _journal.LoadAsync(other, CancellationToken.None)).Commits);
        Assert.True((await Erasures.CompactAsync(CancellationToken.None)).IsComplete);
    }

    [Fact]
    public async Task A_late_snapshot_does_not_bring_an_erased_guest_back()
    {
        var guest = Key("snapshot");
        await AppendAsync(guest, "snapshot", 1);

        await Erasures.EraseAsync(Tombstone(guest, version: 1), CancellationToken.None);
        await _journal.SaveSnapshotAsync(guest, Entries.Snapshot("snapshot", 1), CancellationToken.None);

        Assert.Null((await _journal.LoadAsync(guest, CancellationToken.None)).Snapshot);
    }

    [Fact]
    public async Task A_lifted_guest_starts_anew_after_its_tombstone()
    {
        var guest = Key("lifted");
        await AppendAsync(guest, "lifted", 1);
        await Erasures.EraseAsync(Tombstone(guest, version: 1), CancellationToken.None);
        Assert.True(await Erasures.HasErasedAsync(CancellationToken.None));
        Assert.True(await Erasures.AreErasedAsync([77], CancellationToken.None));
        await Erasures.ClearAsync([Rows(guest, "lifted")], CancellationToken.None);

        Assert.True(await Erasures.LiftAsync(guest, "lifted", Act("back"), CancellationToken.None));

        Assert.False(await Erasures.AreErasedAsync([77], CancellationToken.None));
        Assert.False(await Erasures.LiftAsync(guest, "lifted", Act("again"), CancellationToken.None));
        var stored = await _journal.LoadAsync(guest, CancellationToken.None);
        Assert.Equal((3, false), (stored.Floor, stored.IsErased));
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(Commit(guest, "lifted", 4)));
        Assert.Equal(4, Assert.Single((await _journal.LoadAsync(guest, CancellationToken.None)).Commits).Version);
        Assert.Equal(["lifted"], await _journal.FindAsync(
            Entries.Tenant, SearchTerm.Text("lifted@example.com"), null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_file_can_be_taken_once_and_not_after_its_time()
    {
        await Files.SaveAsync(Entries.Tenant, "op-a", ErasedAt.AddHours(1), "content"u8.ToArray(), CancellationToken.None);
        await Files.SaveAsync(Entries.Tenant, "op-b", ErasedAt, "late"u8.ToArray(), CancellationToken.None);

        Assert.Null(await Files.TakeAsync("other", "op-a", ErasedAt, CancellationToken.None));
        Assert.Equal("content"u8.ToArray(), await Files.TakeAsync(Entries.Tenant, "op-a", ErasedAt, CancellationToken.None));
        Assert.Null(await Files.TakeAsync(Entries.Tenant, "op-a", ErasedAt, CancellationToken.None));
        Assert.Null(await Files.TakeAsync(Entries.Tenant, "op-b", ErasedAt, CancellationToken.None));
    }

    [Fact]
    public async Task The_lines_of_a_hand_off_file_are_those_of_every_guest_that_the_operation_erased()
    {
        foreach (var name in new[] { "one", "two" })
        {
            await AppendAsync(Key(name), name, 1);
            await Erasures.EraseAsync(
                Tombstone(Key(name), version: 1) with { HandOff = Encoding.UTF8.GetBytes($"{name}\n"), Operation = "op-h" },
                CancellationToken.None);
        }

        var file = Encoding.UTF8.GetString((await Files.TakeAsync(Entries.Tenant, "op-h", ErasedAt, CancellationToken.None))!);

        Assert.Equal(["one", "two"], file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task A_commit_can_be_rewritten_and_keeps_its_version_and_time()
    {
        var guest = Key("rewritten");
        await AppendAsync(guest, "rewritten", 1);
        var commit = Assert.Single((await _journal.LoadAsync(guest, CancellationToken.None)).Commits);

        await _journal.RewriteAsync(
            guest, [commit with { Events = [new GuestOpened("rewritten", ErasedAt)] }], CancellationToken.None);

        var read = Assert.Single((await _journal.LoadAsync(guest, CancellationToken.None)).Commits);
        Assert.Equal((commit.Version, commit.At), (read.Version, read.At));
        Assert.Equal([new GuestOpened("rewritten", ErasedAt)], read.Events);
    }

    private static GuestTombstone Tombstone(GuestKey guest, long version) => new(
        guest, version, guest.Hash, "op1", Act("on request"), [77], [], ErasedAt.AddDays(1),
        new ErasedStanding(3, 2, 1, 1, new EventOnItsWay(3, "VIEW", 1)));

    private static PersonAct Act(string reason) => new("kim", ErasedAt, reason);

    private static ErasedRows Rows(GuestKey guest, string name) => new(guest, name, guest.Hash);

    private async Task AppendAsync(GuestKey guest, string name, long version) =>
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(Commit(guest, name, version)));

    private static JournalEntry Commit(GuestKey guest, string name, long version) => new(
        guest, name, version, ErasedAt, [new IdentifiersRemembered([new Identifier("EMAIL", $"{name}@example.com", null)], ErasedAt)],
        Pending: false, [SearchTerm.Text($"{name}@example.com")]);
}
