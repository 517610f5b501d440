using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Sqlite;

/// <summary>Writes what a commit changes in the lists, in the commit's transaction.</summary>
internal static class SqliteListChanges
{
    /// <summary>Binds the columns of a head that the lists show.</summary>
    public static SqliteStatement WithLists(this SqliteStatement statement, ListChanges lists) => statement
        .With("undelivered", lists.Undelivered)
        .With("since", lists.WaitingSince?.UtcTicks ?? 0)
        .With("block", lists.Block ?? "")
        .With("hot", lists.IsHot ? 1 : 0);

    public static void Write(SqliteSession session, JournalRow row)
    {
        foreach (var (sequence, aside) in row.Lists.Asides)
        {
            if (aside is null)
                session.Statement(SqliteSql.Lists["delete-aside"])
                    .With("guest", row.Guest.Hash).With("sequence", sequence).Execute();
            else
                Write(session, row.Guest, aside);
        }

        foreach (var act in row.Lists.Acts)
            Write(session, row.Guest.Tenant, row.Guest, act);
    }

    /// <param name="guest">Null for an act on the tenant.</param>
    public static int Write(SqliteSession session, string tenant, GuestKey? guest, RecordedAct act)
    {
        var statement = session.Statement(SqliteSql.Lists["insert-act"])
            .With("tenant", tenant)
            .With("at", act.Act.At.UtcTicks)
            .With("by", act.Act.By)
            .With("kind", act.Kind)
            .With("reason", act.Act.Reason ?? "")
            .With("sequence", act.Sequence ?? 0)
            .With("event_id", act.EventId ?? "")
            .With("via", act.Act.Via ?? "")
            .With("field", act.Field ?? "");
        return (guest is { } key
            ? statement.With("guest", key.Hash)
            : statement.With("guest", ReadOnlySpan<byte>.Empty)).Execute();
    }

    private static void Write(SqliteSession session, GuestKey guest, SetAsideEvent aside) => session
        .Statement(SqliteSql.Lists["save-aside"])
        .With("guest", guest.Hash)
        .With("sequence", aside.Event.Sequence)
        .With("tenant", guest.Tenant)
        .With("in_doubt", aside.InDoubt ? 1 : 0)
        .With("at", aside.At.UtcTicks)
        .With("event_id", aside.Event.EventId)
        .With("type", aside.Event.Type)
        .With("code", aside.Code ?? "")
        .With("warnings", EventWarning.Write(aside.Event.Warnings))
        .Execute();
}
