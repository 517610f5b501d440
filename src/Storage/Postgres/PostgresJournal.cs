using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Batches;
using GuestSessions.Storage.Snapshots;

namespace GuestSessions.Storage.Postgres;

/// <summary>The journal's rows: commits go through the writer's connection, reads through the pool.</summary>
internal sealed class PostgresJournal(PostgresQueries queries, PostgresWriter writer, PostgresRetention retention)
    : IJournalRows
{
    /// <summary>Heads read in one statement, so that it holds their locks only for a moment.</summary>
    private const int TidiedAtOnce = 1_000;

    /// <summary>Guests that are loaded at the same moment share a statement, and there are more of them in a bulk load.</summary>
    private readonly GatheredReads<UInt128, PostgresHead> _heads = new(
        async guests => await queries.ReadAsync(
            PostgresSql.Journal["load-heads"],
            command => command.With("guests", guests.Select(PostgresHash.ToGuid).ToArray()), PostgresHead.Read,
            CancellationToken.None),
        most: 200, atOnce: 2);

    /// <summary>The same for their commits. They are fewer at once, because a guest may have many.</summary>
    private readonly GatheredReads<PostgresAfter, PostgresCommits> _commits = new(
        async asked => PostgresCommits.Each(asked.Count, await queries.ReadAsync(
            PostgresSql.Journal["load-commits"],
            command => command
                .With("guests", asked.Select(static after => PostgresHash.ToGuid(after.Guest)).ToArray())
                .With("after", asked.Select(static after => after.Version).ToArray())
                .With("since", asked.Select(static after => after.Since).ToArray())
                .With("oldest", asked.Min(static after => after.Since))
                .With("today", asked.Max(static after => after.Today)),
            PostgresCommits.Line,
            CancellationToken.None)),
        most: 50, atOnce: 2);

    public Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit) =>
        queries.RunAsync(() => writer.WriteAsync(rows, commit));

    public Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit) =>
        queries.RunAsync(() => writer.ReadBackAsync(rows, commit));

    public async Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation)
    {
        var loaded = await TryLoadAsync(guest, cancellation);
        // Retention may have deleted commits between the two statements, because a newer snapshot covers them.
        return loaded.HasGap ? (await TryLoadAsync(guest, cancellation)).Guest : loaded.Guest;
    }

    private async Task<(StoredGuest Guest, bool HasGap)> TryLoadAsync(GuestKey guest, CancellationToken cancellation)
    {
        var head = await _heads.ReadAsync(guest.Hash, cancellation);
        if (!head.HasCommits)
            return (head.Guest(head.Version, head.Kept, []), false);
        var (first, rows) = await _commits.ReadAsync(
            new PostgresAfter(guest.Hash, head.Covered, head.Since, head.Today), cancellation);
        return (head.Guest(first.Head, first.Kept, rows), first.Version > head.Covered);
    }

    public async Task<StoredPage> ReadAsync(
        GuestKey guest, long afterVersion, int limit, CancellationToken cancellation)
    {
        var found = await queries.ReadAsync(
            PostgresSql.Journal["commits"],
            command => command.With("guest", guest.Hash).With("after", afterVersion).With("limit", limit),
            PostgresRows.Line,
            cancellation);
        var (first, rows) = PostgresRows.Split(found);
        return new StoredPage(first.Head, first.Version, first.Kept, rows);
    }

    public async Task<StoredTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation) =>
        PostgresTrace.Of(await queries.ReadAsync(
            PostgresSql.Trace["trace"],
            command => command.With("guest", guest.Hash).With("first", first).With("last", last),
            PostgresTrace.Line,
            cancellation));

    public async Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation) =>
        (await queries.ReadAsync(
            PostgresSql.Journal["find-row"],
            command => command.With("guest", guest.Hash).With("before", beforeVersion).With("bytes", bytes),
            PostgresRows.Commit,
            cancellation)).SingleOrDefault();

    public Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows) => queries.ExecuteAsync(
        PostgresSql.Journal["save-snapshots"],
        command => command
            .With("guests", rows.Select(static row => PostgresHash.ToGuid(row.Guest.Hash)).ToArray())
            .With("versions", rows.Select(static row => row.Snapshot.Version).ToArray())
            .With("formats", rows.Select(static row => row.Snapshot.Format).ToArray())
            .With("payloads", rows.Select(static row => row.Snapshot.Payload).ToArray()),
        CancellationToken.None);

    public Task RewriteAsync(GuestKey guest, IReadOnlyList<StoredRow> rows, CancellationToken cancellation) =>
        queries.ExecuteAsync(
            PostgresSql.Journal["rewrite-commits"],
            command => command
                .With("guest", guest.Hash)
                .With("versions", rows.Select(static row => row.Version).ToArray())
                .With("formats", rows.Select(static row => row.Format).ToArray())
                .With("payloads", rows.Select(static row => row.Payload).ToArray()),
            cancellation);

    public async Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        await queries.ReadAsync(
            PostgresSql.Journal["pending"],
            command => command.With("after", after?.Hash ?? 0).With("limit", limit),
            PostgresRows.Guest,
            cancellation);

    public async Task TidyPendingAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation)
    {
        List<GuestKey> page;
        GuestKey? after = null;
        do
        {
            page = await queries.ReadAsync(
                PostgresSql.Journal["tidy-pending"],
                command => command
                    .With("before", before.UtcTicks).With("now", now.UtcTicks)
                    .With("after", after?.Hash ?? 0).With("limit", TidiedAtOnce),
                PostgresRows.Guest,
                cancellation);
            after = page.Count > 0 ? page[^1] : null;
        }
        while (page.Count == TidiedAtOnce);
    }

    public async Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation) =>
        await queries.ReadAsync(
            PostgresSql.Journal["find-names"],
            command => command.With("hash", term).With("after", after ?? "").With("limit", limit),
            static row => row.GetString(0),
            cancellation);

    public async Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        await queries.RunAsync(() => retention.ReadUncoveredAsync(before, after, limit, cancellation));

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        queries.RunAsync(() => retention.DeleteAsync(before, limit, cancellation));
}
