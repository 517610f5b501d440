using GuestSessions.Core.Guests;
using GuestSessions.Core.Listing;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Sqlite;

/// <summary>The operator's lists in the data file: written with each row, read page by page.</summary>
internal static class SqliteLists
{
    /// <summary>Binds what a head keeps for the lists.</summary>
    public static SqliteStatement WithListing(this SqliteStatement statement, GuestListing listing) => statement
        .With("$undelivered", listing.Undelivered)
        .With("$since", listing.WaitingSince?.UtcTicks ?? 0)
        .With("$block", listing.Block ?? "")
        .With("$hot", listing.IsHot ? 1 : 0);

    public static void Write(SqliteSession session, JournalRow row)
    {
        foreach (var (sequence, aside) in row.Listing.Asides)
        {
            if (aside is null)
                session.Statement(SqlScript.DeleteAside)
                    .With("$guest", row.Guest.Hash).With("$sequence", sequence).Execute();
            else
                Write(session, row.Guest, aside);
        }

        foreach (var act in row.Listing.Acts)
            Write(session, row.Guest.Tenant, row.Guest, act);
    }

    public static int Write(SqliteSession session, string tenant, GuestKey? guest, RecordedAct act)
    {
        var statement = session.Statement(SqlScript.InsertAct)
            .With("$tenant", tenant)
            .With("$at", act.Act.At.UtcTicks)
            .With("$by", act.Act.By)
            .With("$kind", act.Kind)
            .With("$reason", act.Act.Reason ?? "")
            .With("$sequence", act.Sequence ?? 0)
            .With("$event_id", act.EventId ?? "");
        return (guest is { } key
            ? statement.With("$guest", key.Hash)
            : statement.With("$guest", ReadOnlySpan<byte>.Empty)).Execute();
    }

    public static IReadOnlyList<ListedAside> Read(SqliteSession session, AsideQuery query)
    {
        var statement = session.Statement(SqlScript.ReadAside)
            .With("$tenant", query.Tenant)
            .With("$in_doubt", query.InDoubt ? 1 : 0)
            .With("$before", query.Before?.UtcTicks ?? long.MaxValue)
            .With("$type", query.Type ?? "")
            .With("$code", query.Code ?? "")
            .With("$warning", query.Warning ?? "")
            .With("$at", query.After?.At.UtcTicks ?? -1)
            .With("$sequence", query.After?.Sequence ?? 0)
            .With("$limit", query.Limit);
        return statement.With("$guest", query.After?.Guest ?? 0).Read(row => new ListedAside(
            new GuestKey(query.Tenant, row.Hash(0)), row.Text(1), row.Int64(2), row.Text(3), row.Text(4),
            TextOrNull(row, 5), Time(row.Int64(6)))
        {
            Warnings = EventWarning.Read(row.Text(7)),
        });
    }

    public static IReadOnlyList<ListedBacklog> Read(SqliteSession session, BacklogQuery query) => session
        .Statement(query.HotOnly ? SqlScript.ReadHotBacklog : SqlScript.ReadBacklog)
        .WithAfter(query.After is { } after ? new GuestKey(query.Tenant, after) : null)
        .With("$tenant", query.Tenant)
        .With("$limit", query.Limit)
        .Read(row => new ListedBacklog(
            new GuestKey(query.Tenant, row.Hash(0)), row.Text(1), (int)row.Int64(2),
            row.Int64(3) == 0 ? null : Time(row.Int64(3)), TextOrNull(row, 4)));

    public static IReadOnlyList<ListedAct> Read(SqliteSession session, AuditQuery query)
    {
        var statement = query.Guest is { } guest
            ? session.Statement(SqlScript.ReadAuditOfGuest).With("$guest", guest.Hash)
            : session.Statement(SqlScript.ReadAudit).With("$tenant", query.Tenant);
        return statement
            .With("$before", query.Before ?? long.MaxValue)
            .With("$by", query.By ?? "")
            .With("$limit", query.Limit)
            .Read(row => new ListedAct(row.Int64(0), row.TextOrNull(1), new RecordedAct(
                row.Text(2),
                new PersonAct(row.Text(3), Time(row.Int64(4)), TextOrNull(row, 5)),
                row.Int64(6) == 0 ? null : row.Int64(6),
                TextOrNull(row, 7))));
    }

    public static TenantCounts Count(SqliteSession session, string tenant, int most) => session
        .Statement(SqlScript.CountTenant).With("$tenant", tenant).With("$most", most)
        .Read(row => new TenantCounts(
            (int)row.Int64(0), (int)row.Int64(1), (int)row.Int64(2), (int)row.Int64(3),
            row.Int64(4) == 0 ? null : Time(row.Int64(4))))
        .Single();

    private static void Write(SqliteSession session, GuestKey guest, SetAsideEvent aside) => session
        .Statement(SqlScript.SaveAside)
        .With("$guest", guest.Hash)
        .With("$sequence", aside.Event.Sequence)
        .With("$tenant", guest.Tenant)
        .With("$in_doubt", aside.InDoubt ? 1 : 0)
        .With("$at", aside.At.UtcTicks)
        .With("$event_id", aside.Event.EventId)
        .With("$type", aside.Event.Type)
        .With("$code", aside.Code ?? "")
        .With("$warnings", EventWarning.Write(aside.Event.Warnings))
        .Execute();

    private static string? TextOrNull(SqliteStatement row, int column) =>
        row.Text(column) is { Length: > 0 } text ? text : null;

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
