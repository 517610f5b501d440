using System.Globalization;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Rejections;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Operations;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Tenants;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Golden;

/// <summary>The content of the golden databases: something in every table, and every kind of event in the journal.</summary>
internal static class GoldenStore
{
    private const string Browser = "11111111-2222-3333-4444-555555555555";

    private static readonly DateTimeOffset At = GoldenRecords.At;

    private static readonly PersonAct Act = new("support-7", At, "the shop called");

    private static readonly SearchTerm Term = SearchTerm.BrowserId(Browser);

    private static readonly EventRecorded Recorded = GoldenRecords.Events.OfType<EventRecorded>().Single();

    private static readonly EventDelivered Delivered = new(
        42, 1, new AttemptResult(AttemptOutcome.Delivered, At, TimeSpan.FromMilliseconds(3), 201, "r-1", null));

    private static readonly TenantDeliveryRecord Paused = new() { Pause = Act, HeldUntil = At };

    private static readonly LearnedExtType Learned = new(new ExtAttribute("VIEW", "durationMin", ExtType.Number), At);

    private static readonly OperationRecord Operation = new()
    {
        Id = "op1",
        Tenant = Entries.Tenant,
        Kind = OperationRecord.BulkRedriveKind,
        Act = Act,
        Type = "VIEW",
        Code = "upstream_refused",
        Place = new SetAsidePlace(At, UInt128.MaxValue - 7, 9),
    };

    private static readonly Rejection Rejected = new(
        At, "unknown_point_of_sale", "e1", "VIEW", "cust-42", "HB-9001", [new RejectedPath("/event/pos", "unknown_point_of_sale")]);

    private static readonly SessionSnapshot Snapshot = GoldenRecords.Snapshot with { Version = 2 };

    public static async Task WriteAsync(IStore store)
    {
        await using var journal = await Journals.OpenAsync(store);
        for (var kind = 0; kind < GoldenRecords.Events.Count; kind++)
            await AppendAsync(journal, OfKind(kind), 1, GoldenRecords.Events[kind]);
        var kept = await AppendAsync(journal, "delivered", 1, Recorded);
        await AppendAsync(journal, "delivered", 2, Delivered, kept);
        await AppendAsync(journal, new JournalEntry(KeyOf(journal, "old"), "old", 1, At, [Recorded], Pending: false, [Term])
        {
            Lists = new ListChanges { Asides = [new AsideChange(42, new SetAsideEvent(Recorded, 1, false, "upstream_refused", At))] },
        });
        await AppendAsync(journal, "old", 2, new LineFlushed(At));
        await AppendAsync(journal, "old", 3, new LineFlushed(At));
        await journal.SaveSnapshotAsync(KeyOf(journal, "old"), Snapshot, CancellationToken.None);
        await AppendAsync(journal, "erased", 1, Recorded);
        Assert.True(await store.Erasures.EraseAsync(
            new GuestTombstone(
                KeyOf(journal, "erased"), 1, KeyOf(journal, "erased").Hash, "op1", Act, [77], [], At.AddYears(100),
                new ErasedStanding(3, 2, 1, 1, new EventOnItsWay(3, "VIEW", 1))),
            CancellationToken.None));
        await journal.ClaimAsync(
            new BrowserClaim(Browser, KeyOf(journal, "delivered"), "delivered", After: 0), CancellationToken.None);
        await store.Lists.AppendActAsync(Entries.Tenant, new RecordedAct("delivery_paused", Act), CancellationToken.None);
        await new TenantDeliveryStore(store.Tenants).SaveAsync(Entries.Tenant, Paused, CancellationToken.None);
        await store.ExtTypes.LearnAsync(Entries.Tenant, [Learned], CancellationToken.None);
        await new OperationStore(store.Operations).SaveAsync(Operation, [], 0, CancellationToken.None);
        await new RejectionStore(store.Rejections).AppendAsync(Entries.Tenant, [Rejected], CancellationToken.None);
    }

    /// <summary>Reads everything back with the code of today.</summary>
    public static async Task CheckAsync(IStore store)
    {
        await using var journal = await Journals.OpenAsync(store);
        for (var kind = 0; kind < GoldenRecords.Events.Count; kind++)
            Assert.Equivalent(GoldenRecords.Events[kind], Single(await journal.LoadAsync(OfKind(kind))), strict: true);
        await CheckGuestsAsync(store, journal);

        var owner = await journal.ReadOwnerAsync(Entries.Tenant, Browser, CancellationToken.None);
        Assert.Equal(new BrowserOwner(KeyOf(journal, "delivered"), "delivered", 1, Previous: null), owner);
        var aside = Assert.Single(await store.Lists.ReadSetAsideAsync(
            new SetAsideQuery(Entries.Tenant, InDoubt: false, null, null, null, null, 10), CancellationToken.None));
        Assert.Equal(("old", 42, "upstream_refused"), (aside.Name, aside.Sequence, aside.Code));
        var acts = await store.Lists.ReadAuditAsync(
            new AuditQuery(Entries.Tenant, null, null, null, 10), CancellationToken.None);
        Assert.Equal([("delivery_paused", Act), ("guest_erased", Act)], acts.Select(static found => (found.Act.Kind, found.Act.Act)));
        Assert.Equal(Paused, await new TenantDeliveryStore(store.Tenants).LoadAsync(Entries.Tenant, CancellationToken.None));
        Assert.Equal([Learned], await store.ExtTypes.LoadAsync(Entries.Tenant, CancellationToken.None));
        Assert.Equal(Operation, await new OperationStore(store.Operations).LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
        var rejection = Assert.Single(await new RejectionStore(store.Rejections).ReadAsync(
            new RejectionQuery(Entries.Tenant, null, null, null, At.AddDays(-1), null, 10), CancellationToken.None));
        Assert.Equivalent(Rejected, rejection.Rejection, strict: true);
    }

    private static async Task CheckGuestsAsync(IStore store, Journal journal)
    {
        // The delivery is kept on the head, and the next commit takes it into its row.
        var delivered = await journal.LoadAsync("delivered");
        Assert.Equal([1, 2], delivered.Commits.Select(static commit => commit.Version));
        Assert.Equal(Delivered, Assert.Single(delivered.Commits[1].Events));
        await AppendAsync(journal, "delivered", 3, Recorded with { Sequence = 43 }, delivered.Kept);
        Assert.Equal([1, 2, 3], await journal.VersionsAsync("delivered"));

        var old = await journal.LoadAsync("old");
        Assert.Equivalent(Snapshot, old.Snapshot, strict: true);
        Assert.Equal([3], old.Commits.Select(static commit => commit.Version));
        Assert.Equal(["old"], await journal.FindAsync(Entries.Tenant, Term, null, 10, CancellationToken.None));

        Assert.True((await journal.LoadAsync("erased")).IsErased);
        Assert.Equal("op1", (await store.Erasures.ReadAsync(KeyOf(journal, "erased"), CancellationToken.None))!.Operation);
        Assert.True(await store.Erasures.AreErasedAsync([77], CancellationToken.None));
    }

    private static Task<byte[]> AppendAsync(
        Journal journal, string guest, long version, SessionEvent recorded, byte[]? kept = null) => AppendAsync(
        journal, new JournalEntry(KeyOf(journal, guest), guest, version, At, [recorded], Pending: false, []) { Kept = kept ?? [] });

    private static async Task<byte[]> AppendAsync(Journal journal, JournalEntry entry)
    {
        Assert.Equal(AppendResult.Written, await journal.AppendAsync(entry, out var kept, CancellationToken.None));
        return kept;
    }

    private static SessionEvent Single(StoredSession stored) => Assert.Single(Assert.Single(stored.Commits).Events);

    private static GuestKey KeyOf(Journal journal, string guest) => journal.Keyring.KeyOf(Entries.Tenant, guest);

    private static string OfKind(int kind) => string.Create(CultureInfo.InvariantCulture, $"kind-{kind}");
}
