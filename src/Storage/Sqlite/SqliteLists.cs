using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Sqlite;

/// <summary>The lists over all guests, read page by page. <see cref="SqliteListChanges"/> writes them with the commits.</summary>
internal sealed class SqliteLists(SqliteConnections connections) : IGuestLists
{
    public Task<IReadOnlyList<ListedSetAside>> ReadSetAsideAsync(SetAsideQuery query, CancellationToken cancellation) =>
        connections.ReadAsync<IReadOnlyList<ListedSetAside>>(
            session => session.Statement(SqliteSql.Lists["asides"])
                .With("tenant", query.Tenant)
                .With("in_doubt", query.InDoubt ? 1 : 0)
                .With("after_at", query.After?.At.UtcTicks ?? -1)
                .With("after_guest", query.After?.Guest ?? 0)
                .With("after_sequence", query.After?.Sequence ?? 0)
                .With("before", query.Before?.UtcTicks ?? long.MaxValue)
                .With("type", query.Type ?? "")
                .With("code", query.Code ?? "")
                .With("warning", query.Warning ?? "")
                .With("limit", query.Limit)
                .Read(row => Aside(query.Tenant, row)),
            cancellation);

    public Task<SetAsideGroups> GroupSetAsideAsync(SetAsideQuery query, CancellationToken cancellation) =>
        connections.ReadAsync(
            session =>
            {
                var found = session.Statement(SqliteSql.Lists["aside-groups"])
                    .With("tenant", query.Tenant)
                    .With("in_doubt", query.InDoubt ? 1 : 0)
                    .With("before", query.Before?.UtcTicks ?? long.MaxValue)
                    .With("type", query.Type ?? "")
                    .With("code", query.Code ?? "")
                    .With("warning", query.Warning ?? "")
                    .With("limit", query.Limit)
                    .Read(static row => (
                        Group: new SetAsideGroup(
                            row.Text(0), TextOrNull(row, 1), row.Int64(2), Time(row.Int64(3)), Time(row.Int64(4))),
                        Sum: row.Int64(5)));
                return new SetAsideGroups(
                    found.Count == 0 ? 0 : found[0].Sum, [.. found.Select(static one => one.Group)]);
            },
            cancellation);

    public Task<IReadOnlyList<ListedSetAside>> FindSetAsideAsync(
        string tenant, string eventId, int limit, CancellationToken cancellation) =>
        connections.ReadAsync<IReadOnlyList<ListedSetAside>>(
            session => session.Statement(SqliteSql.Lists["asides-of-event"])
                .With("tenant", tenant)
                .With("event_id", eventId)
                .With("limit", limit)
                .Read(row => Aside(tenant, row)),
            cancellation);

    public Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(BacklogQuery query, CancellationToken cancellation) =>
        connections.ReadAsync<IReadOnlyList<ListedBacklog>>(
            session => session.Statement(query.HotOnly ? SqliteSql.Lists["hot-backlog"] : SqliteSql.Lists["backlog"])
                .WithAfter(query.After is { } after ? new GuestKey(query.Tenant, after) : null)
                .With("tenant", query.Tenant)
                .With("limit", query.Limit)
                .Read(row => new ListedBacklog(
                    new GuestKey(query.Tenant, row.Hash(0)), row.Text(1), (int)row.Int64(2),
                    TimeOrNull(row, 3), TextOrNull(row, 4))),
            cancellation);

    public Task<IReadOnlyList<ListedAct>> ReadAuditAsync(AuditQuery query, CancellationToken cancellation) =>
        connections.ReadAsync<IReadOnlyList<ListedAct>>(
            session => (query.Guest is { } guest
                    ? session.Statement(SqliteSql.Lists["audit-of-guest"]).With("guest", guest.Hash)
                    : session.Statement(SqliteSql.Lists["audit"]).With("tenant", query.Tenant))
                .With("before", query.Before ?? long.MaxValue)
                .With("by", query.By ?? "")
                .With("limit", query.Limit)
                .Read(static row => new ListedAct(row.Int64(0), row.TextOrNull(1), new RecordedAct(
                    row.Text(2),
                    new PersonAct(row.Text(3), Time(row.Int64(4)), TextOrNull(row, 5), TextOrNull(row, 8)),
                    row.Int64(6) == 0 ? null : row.Int64(6),
                    TextOrNull(row, 7),
                    TextOrNull(row, 9)))),
            cancellation);

    public Task<TenantCounts> CountAsync(string tenant, int most, CancellationToken cancellation) =>
        connections.ReadAsync(
            session => session.Statement(SqliteSql.Lists["counts"]).With("tenant", tenant).With("most", most)
                .Read(static row => new TenantCounts(
                    (int)row.Int64(0), (int)row.Int64(1), (int)row.Int64(2), (int)row.Int64(3), TimeOrNull(row, 4))
                {
                    Undelivered = row.Int64(5),
                    QuarantinedSince = TimeOrNull(row, 6),
                    InDoubtSince = TimeOrNull(row, 7),
                })
                .Single(),
            cancellation);

    public Task<int> DeleteActsAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        connections.WriteAsync(
            session => session.Statement(SqliteSql.Lists["delete-acts"])
                .With("before", before.UtcTicks).With("limit", limit).Execute(),
            cancellation);

    public Task<DateTimeOffset?> ReadRevealAsync(string tenant, string by, int earlier, CancellationToken cancellation) =>
        connections.ReadAsync(
            session => session.Statement(SqliteSql.Lists["reveal"])
                .With("tenant", tenant).With("by", by).With("earlier", earlier)
                .Read(static row => (DateTimeOffset?)Time(row.Int64(0)))
                .SingleOrDefault(),
            cancellation);

    public Task AppendActAsync(string tenant, RecordedAct act, CancellationToken cancellation, GuestKey? guest = null) =>
        connections.WriteAsync(session => SqliteListChanges.Write(session, tenant, guest, act), cancellation);

    private static ListedSetAside Aside(string tenant, SqliteStatement row) => new(
        new GuestKey(tenant, row.Hash(0)), row.Text(1), row.Int64(2), row.Text(3), row.Text(4),
        TextOrNull(row, 5), Time(row.Int64(6)))
    {
        Warnings = EventWarning.Read(row.Text(7)),
    };

    private static string? TextOrNull(SqliteStatement row, int column) =>
        row.Text(column) is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? TimeOrNull(SqliteStatement row, int column) =>
        row.Int64(column) is > 0 and var ticks ? Time(ticks) : null;

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
