using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>Reads rows of the lists.</summary>
internal static class PostgresListRows
{
    /// <summary>Reads the columns <c>guest, name, sequence, event_id, type, code, at, warnings</c>.</summary>
    public static ListedSetAside Aside(string tenant, NpgsqlDataReader row) => new(
        new GuestKey(tenant, PostgresHash.FromGuid(row.GetGuid(0))), row.GetString(1), row.GetInt64(2),
        row.GetString(3), row.GetString(4), TextOrNull(row, 5), Time(row.GetInt64(6)))
    {
        Warnings = EventWarning.Read(row.GetString(7)),
    };

    /// <summary>Reads the columns <c>guest, name, undelivered, since, block</c>.</summary>
    public static ListedBacklog Backlog(string tenant, NpgsqlDataReader row) => new(
        new GuestKey(tenant, PostgresHash.FromGuid(row.GetGuid(0))), row.GetString(1), row.GetInt32(2),
        TimeOrNull(row, 3), TextOrNull(row, 4));

    /// <summary>Reads the columns <c>id, name, kind, by, at, reason, sequence, event_id, via, field</c>.</summary>
    public static ListedAct Act(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        new RecordedAct(
            row.GetString(2),
            new PersonAct(row.GetString(3), Time(row.GetInt64(4)), TextOrNull(row, 5), TextOrNull(row, 8)),
            row.GetInt64(6) == 0 ? null : row.GetInt64(6),
            TextOrNull(row, 7),
            TextOrNull(row, 9)));

    /// <summary>Reads the columns <c>type, code, count, first, last, sum</c>.</summary>
    public static (SetAsideGroup Group, long Sum) Group(NpgsqlDataReader row) => (
        new SetAsideGroup(
            row.GetString(0), TextOrNull(row, 1), row.GetInt64(2), Time(row.GetInt64(3)), Time(row.GetInt64(4))),
        row.GetInt64(5));

    /// <summary>Reads the columns <c>waiting, hot, quarantined, in_doubt, since</c>.</summary>
    public static TenantCounts Counts(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), TimeOrNull(row, 4))
    {
        Undelivered = row.GetInt64(5),
        QuarantinedSince = TimeOrNull(row, 6),
        InDoubtSince = TimeOrNull(row, 7),
    };

    private static DateTimeOffset? TimeOrNull(NpgsqlDataReader row, int column) =>
        row.GetInt64(column) is > 0 and var ticks ? Time(ticks) : null;

    private static string? TextOrNull(NpgsqlDataReader row, int column) =>
        row.GetString(column) is { Length: > 0 } text ? text : null;

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
