using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Storage.Events;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Operations;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Snapshots;
using GuestSessions.Storage.Tenants;

namespace GuestSessions.Storage.Tests.Kit;

/// <summary>A store whose writes of commits, claims and snapshots a test can watch, hold and let fail.</summary>
internal sealed class ObservedStore(IStore inner) : IStore, IJournalRows, IOwnerRows
{
    private Held? _heldSnapshots;

    public IJournalRows Journal => this;
    public IEventRows Events => inner.Events;
    public IOwnerRows Owners => this;
    public IGuestLists Lists => inner.Lists;
    public IOperationRows Operations => inner.Operations;
    public IRejectionRows Rejections => inner.Rejections;
    public IExtTypeStore ExtTypes => inner.ExtTypes;
    public ITenantRows Tenants => inner.Tenants;
    public IErasureStore Erasures => inner.Erasures;
    public IFileStore Files => inner.Files;
    public IStoreProbe Probe => inner.Probe;

    /// <summary>The batches of commits; each is one transaction and one fsync.</summary>
    public List<IReadOnlyList<JournalRow>> Batches { get; } = [];

    /// <summary>The batches of claims; each is one transaction.</summary>
    public List<IReadOnlyList<OwnerClaim>> Claims { get; } = [];

    /// <summary>The batches of snapshots; each is one transaction.</summary>
    public List<IReadOnlyList<SnapshotRow>> Snapshots { get; } = [];

    public bool FailSnapshots { get; set; }

    public Action BeforeSnapshots { get; set; } = static () => { };

    public Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;
    public Func<Task> AfterWrite { get; set; } = () => Task.CompletedTask;
    public Func<Task> BeforeReadBack { get; set; } = () => Task.CompletedTask;

    /// <summary>Versions that reads leave out, as if their rows had been lost.</summary>
    public HashSet<long> Lost { get; } = [];

    /// <summary>Holds the next write until <c>Open</c> is called.</summary>
    /// <returns><c>Reached</c> completes when the write is held.</returns>
    public (Task Reached, Action Open) HoldNextWrite()
    {
        var reached = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        BeforeWrite = async () =>
        {
            BeforeWrite = () => Task.CompletedTask;
            reached.SetResult();
            await gate.Task;
        };
        return (reached.Task, gate.SetResult);
    }

    /// <summary>Holds the next batch of snapshots until <c>Open</c> is called.</summary>
    public (Task Reached, Action Open) HoldNextSnapshots()
    {
        var held = _heldSnapshots = new(new TaskCompletionSource(), new TaskCompletionSource());
        return (held.Reached.Task, held.Gate.SetResult);
    }

    public Task<byte[]> OpenAsync(CancellationToken cancellation) => inner.OpenAsync(cancellation);

    public Task<DateTimeOffset?> ReadRestoreAsync(CancellationToken cancellation) => inner.ReadRestoreAsync(cancellation);

    public Task MarkRestoreAsync(DateTimeOffset at, CancellationToken cancellation) => inner.MarkRestoreAsync(at, cancellation);

    public async Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        Batches.Add(rows);
        await BeforeWrite();
        var results = await inner.Journal.WriteAsync(rows, commit);
        await AfterWrite();
        return results;
    }

    public async Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        await BeforeReadBack();
        return await inner.Journal.ReadBackAsync(rows, commit);
    }

    public async Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation)
    {
        var stored = await inner.Journal.LoadAsync(guest, cancellation);
        return stored with { Rows = WithoutLost(stored.Rows) };
    }

    public async Task<StoredPage> ReadAsync(
        GuestKey guest, long afterVersion, int limit, CancellationToken cancellation)
    {
        var page = await inner.Journal.ReadAsync(guest, afterVersion, limit, cancellation);
        return page with { Rows = WithoutLost(page.Rows) };
    }

    public Task<StoredTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation) =>
        inner.Journal.TraceAsync(guest, first, last, cancellation);

    public Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation) =>
        inner.Journal.FindRowAsync(guest, bytes, beforeVersion, cancellation);

    public async Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows)
    {
        if (_heldSnapshots is { } held)
        {
            _heldSnapshots = null;
            held.Reached.SetResult();
            await held.Gate.Task;
        }

        BeforeSnapshots();
        if (FailSnapshots)
            throw new JournalUnavailableException("The disk is full.");
        Snapshots.Add(rows);
        await inner.Journal.SaveSnapshotsAsync(rows);
    }

    public Task RewriteAsync(GuestKey guest, IReadOnlyList<StoredRow> rows, CancellationToken cancellation) =>
        inner.Journal.RewriteAsync(guest, rows, cancellation);

    public Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        inner.Journal.ReadPendingAsync(after, limit, cancellation);

    public Task TidyPendingAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation) =>
        inner.Journal.TidyPendingAsync(before, now, cancellation);

    public Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation) =>
        inner.Journal.FindAsync(term, after, limit, cancellation);

    public Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        inner.Journal.ReadUncoveredAsync(before, after, limit, cancellation);

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        inner.Journal.DeleteExpiredAsync(before, limit, cancellation);

    public async Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims)
    {
        Claims.Add(claims);
        await BeforeWrite();
        var rows = await inner.Owners.ClaimAsync(claims);
        await AfterWrite();
        return rows;
    }

    public Task<OwnerRow?> ReadAsync(UInt128 browser, CancellationToken cancellation) =>
        inner.Owners.ReadAsync(browser, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private List<StoredRow> WithoutLost(IReadOnlyList<StoredRow> rows) =>
        [.. rows.Where(row => !Lost.Contains(row.Version))];

    private sealed record Held(TaskCompletionSource Reached, TaskCompletionSource Gate);
}
