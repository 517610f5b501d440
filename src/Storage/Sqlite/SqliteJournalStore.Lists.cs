using GuestSessions.Core.Listing;

namespace GuestSessions.Storage.Sqlite;

public sealed partial class SqliteJournalStore : IOperatorIndex
{
    public Task<IReadOnlyList<ListedAside>> ReadAsideAsync(AsideQuery query, CancellationToken cancellation) =>
        ReadAsync(session => SqliteLists.Read(session, query), cancellation);

    public Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(BacklogQuery query, CancellationToken cancellation) =>
        ReadAsync(session => SqliteLists.Read(session, query), cancellation);

    public Task<IReadOnlyList<ListedAct>> ReadAuditAsync(AuditQuery query, CancellationToken cancellation) =>
        ReadAsync(session => SqliteLists.Read(session, query), cancellation);

    public Task<TenantCounts> CountAsync(string tenant, int most, CancellationToken cancellation) =>
        ReadAsync(session => SqliteLists.Count(session, tenant, most), cancellation);

    public Task<int> DeleteActsAsync(DateTimeOffset before, int limit, CancellationToken cancellation) => _writes.RunAsync(
        session => session.Statement(SqlScript.DeleteActs)
            .With("$before", before.UtcTicks).With("$limit", limit).Execute(),
        cancellation);

    public Task AppendActAsync(string tenant, RecordedAct act, CancellationToken cancellation) =>
        _writes.RunAsync(session => SqliteLists.Write(session, tenant, null, act), cancellation);
}
