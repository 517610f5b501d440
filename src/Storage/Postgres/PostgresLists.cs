using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;

namespace GuestSessions.Storage.Postgres;

/// <summary>The lists over all guests, read page by page. <see cref="PostgresBatch"/> writes them with the commits.</summary>
internal sealed class PostgresLists(PostgresQueries queries) : IGuestLists
{
    public async Task<IReadOnlyList<ListedSetAside>> ReadSetAsideAsync(
        SetAsideQuery query, CancellationToken cancellation) =>
        await queries.ReadAsync(
            PostgresSql.Lists["asides"],
            command => command
                .With("tenant", query.Tenant)
                .With("in_doubt", query.InDoubt)
                .With("after_at", query.After?.At.UtcTicks ?? -1)
                .With("after_guest", query.After?.Guest ?? 0)
                .With("after_sequence", query.After?.Sequence ?? 0)
                .With("before", query.Before?.UtcTicks ?? long.MaxValue)
                .With("type", query.Type ?? "")
                .With("code", query.Code ?? "")
                .With("warning", query.Warning ?? "")
                .With("limit", query.Limit),
            row => PostgresListRows.Aside(query.Tenant, row),
            cancellation);

    public async Task<SetAsideGroups> GroupSetAsideAsync(SetAsideQuery query, CancellationToken cancellation)
    {
        var found = await queries.ReadAsync(
            PostgresSql.Lists["aside-groups"],
            command => command
                .With("tenant", query.Tenant)
                .With("in_doubt", query.InDoubt)
                .With("before", query.Before?.UtcTicks ?? long.MaxValue)
                .With("type", query.Type ?? "")
                .With("code", query.Code ?? "")
                .With("warning", query.Warning ?? "")
                .With("limit", query.Limit),
            PostgresListRows.Group,
            cancellation);
        return new SetAsideGroups(found.Count == 0 ? 0 : found[0].Sum, [.. found.Select(static one => one.Group)]);
    }

    public async Task<IReadOnlyList<ListedSetAside>> FindSetAsideAsync(
        string tenant, string eventId, int limit, CancellationToken cancellation) =>
        await queries.ReadAsync(
            PostgresSql.Lists["asides-of-event"],
            command => command.With("tenant", tenant).With("event_id", eventId).With("limit", limit),
            row => PostgresListRows.Aside(tenant, row),
            cancellation);

    public async Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(
        BacklogQuery query, CancellationToken cancellation) =>
        await queries.ReadAsync(
            query.HotOnly ? PostgresSql.Lists["hot-backlog"] : PostgresSql.Lists["backlog"],
            command => command
                .With("tenant", query.Tenant).With("after", query.After ?? 0).With("limit", query.Limit),
            row => PostgresListRows.Backlog(query.Tenant, row),
            cancellation);

    public async Task<IReadOnlyList<ListedAct>> ReadAuditAsync(
        AuditQuery query, CancellationToken cancellation) =>
        await queries.ReadAsync(
            query.Guest is null ? PostgresSql.Lists["audit"] : PostgresSql.Lists["audit-of-guest"],
            command => (query.Guest is { } guest
                    ? command.With("guest", guest.Hash)
                    : command.With("tenant", query.Tenant))
                .With("before", query.Before ?? long.MaxValue)
                .With("by", query.By ?? "")
                .With("limit", query.Limit),
            PostgresListRows.Act,
            cancellation);

    public async Task<TenantCounts> CountAsync(string tenant, int most, CancellationToken cancellation) =>
        (await queries.ReadAsync(
            PostgresSql.Lists["counts"],
            command => command.With("tenant", tenant).With("most", most),
            PostgresListRows.Counts,
            cancellation)).Single();

    public async Task<int> DeleteActsAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        (await queries.ReadAsync(
            PostgresSql.Lists["delete-acts"],
            command => command.With("before", before.UtcTicks).With("limit", limit),
            static row => row.GetInt32(0),
            cancellation)).Single();

    public async Task<DateTimeOffset?> ReadRevealAsync(
        string tenant, string by, int earlier, CancellationToken cancellation) =>
        (await queries.ReadAsync(
            PostgresSql.Lists["reveal"],
            command => command.With("tenant", tenant).With("by", by).With("earlier", earlier),
            static row => (DateTimeOffset?)new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero),
            cancellation)).SingleOrDefault();

    public Task AppendActAsync(string tenant, RecordedAct act, CancellationToken cancellation, GuestKey? guest = null) => queries.ExecuteAsync(
        PostgresSql.Lists["insert-act"],
        command => command
            .With("tenant", tenant)
            .With("at", act.Act.At.UtcTicks)
            .With("by", act.Act.By)
            .With("kind", act.Kind)
            .With("reason", act.Act.Reason ?? "")
            .With("guest", guest?.Hash ?? 0)
            .With("sequence", act.Sequence ?? 0)
            .With("event_id", act.EventId ?? "")
            .With("via", act.Act.Via ?? "")
            .With("field", act.Field ?? ""),
        cancellation);
}
