using GuestSessions.Core.Listing;

namespace GuestSessions.Storage.Postgres;

public sealed partial class PostgresJournalStore : IOperatorIndex
{
    public async Task<IReadOnlyList<ListedAside>> ReadAsideAsync(
        AsideQuery query, CancellationToken cancellation) =>
        await ReadAsync(
            PostgresScript.ReadAside,
            command => command
                .With(query.Tenant)
                .With(query.InDoubt)
                .With(query.After?.At.UtcTicks ?? -1)
                .With(PostgresHash.ToGuid(query.After?.Guest ?? 0))
                .With(query.After?.Sequence ?? 0)
                .With(query.Before?.UtcTicks ?? long.MaxValue)
                .With(query.Type ?? "")
                .With(query.Code ?? "")
                .With(query.Limit)
                .With(query.Warning ?? ""),
            row => PostgresLists.Aside(query.Tenant, row),
            cancellation);

    public async Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(
        BacklogQuery query, CancellationToken cancellation) =>
        await ReadAsync(
            query.HotOnly ? PostgresScript.ReadHotBacklog : PostgresScript.ReadBacklog,
            command => command
                .With(PostgresHash.ToGuid(query.After ?? 0)).With(query.Tenant).With(query.Limit),
            row => PostgresLists.Backlog(query.Tenant, row),
            cancellation);

    public async Task<IReadOnlyList<ListedAct>> ReadAuditAsync(
        AuditQuery query, CancellationToken cancellation) =>
        await ReadAsync(
            query.Guest is null ? PostgresScript.ReadAudit : PostgresScript.ReadAuditOfGuest,
            command => (query.Guest is { } guest ? command.With(IdOf(guest)) : command.With(query.Tenant))
                .With(query.Before ?? long.MaxValue)
                .With(query.By ?? "")
                .With(query.Limit),
            PostgresLists.Act,
            cancellation);

    public async Task<TenantCounts> CountAsync(string tenant, int most, CancellationToken cancellation) =>
        (await ReadAsync(
            PostgresScript.CountTenant,
            command => command.With(tenant).With(most),
            row => new TenantCounts(
                row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), PostgresLists.TimeOrNull(row, 4)),
            cancellation)).Single();

    public async Task<int> DeleteActsAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        (await ReadAsync(
            PostgresScript.DeleteActs,
            command => command.With(before.UtcTicks).With(limit),
            row => row.GetInt32(0),
            cancellation)).Single();

    public Task AppendActAsync(string tenant, RecordedAct act, CancellationToken cancellation) => ReadAsync(
        PostgresScript.InsertAct,
        command => command
            .With(tenant)
            .With(act.Act.At.UtcTicks)
            .With(act.Act.By)
            .With(act.Kind)
            .With(act.Act.Reason ?? "")
            .With(act.Sequence ?? 0),
        _ => true,
        cancellation);
}
