using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Codec;
using GuestSessions.Storage.GroupCommit;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Snapshots;
using GuestSessions.Storage.Space;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Storage;

/// <summary>
/// The journal over any store: a codec, a group commit and the store. Callers encode their own commits, so that the single
/// writer only moves bytes.
/// </summary>
public sealed class Journal : IJournal, IJournalCapacity, IBrowserLedger, IAsyncDisposable
{
    private const int PageRows = 100;

    private readonly IStore _store;
    private readonly IJournalRows _rows;
    private readonly GroupCommitWriter _writer;
    private readonly FreeSpace? _space;
    private readonly OwnerWriter _owners;
    private readonly SnapshotWriter _snapshots;
    private GuestKeyring? _keyring;

    public Journal(
        IStore store,
        TimeProvider time,
        IMeterFactory meters,
        ILogger<Journal> logger,
        GroupCommitLimits? limits = null,
        FreeSpace? space = null)
    {
        _store = store;
        _rows = store.Journal;
        _space = space;
        var metrics = new JournalMetrics(meters);
        // The id only distinguishes commits: within a process it counts up, and between processes it begins at random.
        var firstCommit = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        _writer = new GroupCommitWriter(
            _rows, limits ?? GroupCommitLimits.Default, time, metrics, logger, firstCommit);
        _owners = new OwnerWriter(store.Owners);
        _snapshots = new SnapshotWriter(_rows, SnapshotLimits.Default, time, logger);
        metrics.Watch(() => _writer.WaitingRows);
    }

    public GuestKeyring Keyring =>
        _keyring ?? throw new InvalidOperationException("The journal has not been opened yet.");

    public DateTimeOffset? RestoredAt { get; private set; }

    public JournalCapacity Capacity => _space is { IsFull: true } ? JournalCapacity.Full : _writer.Capacity;

    /// <summary>
    /// Opens the store and starts the group commit in the caller's context. Never call it from a grain.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Another process uses the store, or a newer version of the service wrote it.
    /// </exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        _keyring = new GuestKeyring(await _store.OpenAsync(cancellation));
        RestoredAt = await _store.ReadRestoreAsync(cancellation);
        _writer.Start();
        _owners.Start();
        _snapshots.Start();
    }

    public Task<AppendResult> AppendAsync(JournalEntry entry, out byte[] kept, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(entry.Version, 1);
        ArgumentOutOfRangeException.ThrowIfZero(entry.Events.Count);
        var row = Encode(entry);
        kept = row.Kept;
        return _writer.WriteAsync(row, cancellation);
    }

    public async Task<StoredSession> LoadAsync(GuestKey guest, CancellationToken cancellation)
    {
        var stored = await _rows.LoadAsync(guest, cancellation);
        var snapshot = stored.Snapshot is { } bytes ? JournalCodec.Decode(guest, bytes) : null;
        var covered = Math.Max(snapshot?.Version ?? 0, stored.Floor);
        var chain = new CommitChain(guest, covered);
        List<JournalCommit> commits = [];
        foreach (var row in stored.Rows)
            commits.AddRange(chain.Read(row, covered));
        commits.AddRange(chain.Read(stored.Head, stored.Kept, covered));
        chain.End(stored.Head, covered);
        return new StoredSession(snapshot, commits)
        {
            Kept = stored.Kept.Payload,
            Floor = stored.Floor,
            IsErased = stored.IsErased,
        };
    }

    public async Task RewriteAsync(GuestKey guest, IReadOnlyList<JournalCommit> commits, CancellationToken cancellation)
    {
        var changed = commits.ToDictionary(static commit => commit.Version);
        List<StoredRow> rows = [];
        foreach (var version in changed.Keys.Order())
        {
            if (rows.Count > 0 && version <= rows[^1].Version)
                continue; // Its row has an earlier one, too.
            var page = await _rows.ReadAsync(guest, version - 1, limit: 1, cancellation);
            if (page.Rows is [var row])
                rows.Add(row with
                {
                    Format = JournalCodec.Format,
                    Payload = JournalCodec.Encode([.. JournalCodec.Decode(guest, row)
                        .Select(commit => changed.GetValueOrDefault(commit.Version, commit))]),
                });
        }

        await _rows.RewriteAsync(guest, rows, cancellation);
    }

    public async IAsyncEnumerable<JournalCommit> ReadAsync(
        GuestKey guest, long afterVersion, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var chain = new CommitChain(guest, afterVersion);
        StoredPage page;
        do
        {
            page = await _rows.ReadAsync(guest, afterVersion, PageRows, cancellation);
            foreach (var row in page.Rows)
            {
                foreach (var commit in chain.Read(row, page.Covered))
                    yield return commit;
                afterVersion = row.Version;
            }
        }
        while (page.Rows.Count == PageRows);

        foreach (var commit in chain.Read(page.Head, page.Kept, page.Covered))
            yield return commit;
        chain.End(page.Head, page.Covered);
    }

    public async Task<HistoryTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation)
    {
        var stored = await _rows.TraceAsync(guest, first, last, cancellation);
        return new HistoryTrace(stored.Oldest, VersionSpan.Join(
            [stored.Accepted, stored.Sent, .. stored.LateChanges.Select(static at => new VersionSpan(at - 1, at))]));
    }

    public async IAsyncEnumerable<JournalCommit> ReadAsync(
        GuestKey guest, VersionSpan span, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var chain = new CommitChain(guest, span.After);
        var (after, covered) = (span.After, 0L);
        while (after < span.Through)
        {
            // A row has one commit at least, so the rows of the span are no more than its versions.
            var limit = (int)Math.Min(PageRows, span.Through - after);
            var page = await _rows.ReadAsync(guest, after, limit, cancellation);
            covered = page.Covered;
            List<JournalCommit> commits = [.. page.Rows.SelectMany(row => chain.Read(row, page.Covered))];
            if (page.Rows.Count < limit)
                commits.AddRange(chain.Read(page.Head, page.Kept, page.Covered));
            foreach (var commit in commits.TakeWhile(commit => commit.Version <= span.Through))
                yield return commit;
            after = page.Rows.Count < limit ? span.Through : page.Rows[^1].Version;
        }

        chain.EndAt(span.Through, covered);
    }

    public async Task<long?> FindEventAsync(GuestKey guest, string eventId, CancellationToken cancellation)
    {
        // The caller's own content may contain the same text, so only decoding the row is certain.
        var text = JournalCodec.TextOf(eventId);
        var before = long.MaxValue;
        while (await _rows.FindRowAsync(guest, text, before, cancellation) is { } row)
        {
            var found = JournalCodec.Decode(guest, row).SelectMany(static commit => commit.Events).OfType<EventRecorded>()
                .LastOrDefault(recorded => recorded.EventId == eventId);
            if (found is not null)
                return found.Sequence;
            before = row.Version;
        }

        return null;
    }

    public Task SaveSnapshotAsync(GuestKey guest, SessionSnapshot snapshot, CancellationToken cancellation) =>
        _snapshots.WriteAsync(Encode(guest, snapshot), cancellation);

    public bool OfferSnapshot(GuestKey guest, SessionSnapshot snapshot) => _snapshots.Offer(Encode(guest, snapshot));

    public Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        _rows.ReadPendingAsync(after, limit, cancellation);

    public Task TidyPendingAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation) =>
        _rows.TidyPendingAsync(before, now, cancellation);

    public Task<IReadOnlyList<string>> FindAsync(
        string tenant, SearchTerm term, string? after, int limit, CancellationToken cancellation) =>
        _rows.FindAsync(Keyring.HashOf(tenant, term), after, limit, cancellation);

    public Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        _rows.ReadUncoveredAsync(before, after, limit, cancellation);

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        _rows.DeleteExpiredAsync(before, limit, cancellation);

    public async Task<BrowserOwner?> ReadOwnerAsync(
        string tenant, string browserId, CancellationToken cancellation) =>
        await _store.Owners.ReadAsync(Keyring.HashOf(tenant, SearchTerm.BrowserId(browserId)), cancellation) is { } row
            ? Owner(tenant, row)
            : null;

    public async Task<BrowserOwner> ClaimAsync(BrowserClaim claim, CancellationToken cancellation)
    {
        var tenant = claim.Guest.Tenant;
        var browser = Keyring.HashOf(tenant, SearchTerm.BrowserId(claim.BrowserId));
        return Owner(tenant, await _owners.WriteAsync(
            new OwnerClaim(browser, claim.Guest, claim.Name, claim.After), cancellation));
    }

    /// <summary>Writes all waiting rows, then closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _snapshots.DisposeAsync();
        await _owners.DisposeAsync();
        await _writer.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static BrowserOwner Owner(string tenant, OwnerRow row) => new(
        new GuestKey(tenant, row.Guest), row.Name, row.Generation,
        row.Previous is { } previous ? new GuestKey(tenant, previous) : null)
    {
        IsNew = row.IsNew,
    };

    private static SnapshotRow Encode(GuestKey guest, SessionSnapshot snapshot) =>
        new(guest, new StoredSnapshot(snapshot.Version, JournalCodec.Format, JournalCodec.Encode(snapshot)));

    private JournalRow Encode(JournalEntry entry)
    {
        var (payload, kept) = JournalCodec.Encode(entry);
        return new JournalRow(
            entry, JournalCodec.Format, payload, kept,
            entry.Terms.Count == 0 ? [] : HashesOf(entry.Guest.Tenant, entry.Terms));
    }

    private UInt128[] HashesOf(string tenant, IReadOnlyList<SearchTerm> terms) =>
        [.. terms.Select(term => Keyring.HashOf(tenant, term))];
}
