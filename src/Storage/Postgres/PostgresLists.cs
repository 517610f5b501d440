using GuestSessions.Core.Guests;
using GuestSessions.Core.Listing;
using GuestSessions.Core.Sessions;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>The operator's lists: the columns that a batch writes for them, and what their rows mean.</summary>
internal static class PostgresLists
{
    /// <summary>Binds what the heads keep for the lists.</summary>
    /// <param name="heads">The last row of each guest.</param>
    public static NpgsqlCommand WithHeads(this NpgsqlCommand command, IReadOnlyList<JournalRow> heads) => command
        .With(Of(heads, static row => row.Listing.Undelivered))
        .With(Of(heads, static row => row.Listing.WaitingSince?.UtcTicks ?? 0))
        .With(Of(heads, static row => row.Listing.Block ?? ""))
        .With(Of(heads, static row => row.Listing.IsHot));

    /// <summary>Binds what becomes listed, what ceases to be, and what people did.</summary>
    public static NpgsqlCommand WithListings(this NpgsqlCommand command, IReadOnlyList<JournalRow> rows)
    {
        var changes = Changes(rows);
        var gone = changes.FindAll(static change => change.Aside is null);
        var listed = changes.FindAll(static change => change.Aside is not null);
        var acts = rows.SelectMany(static row => row.Listing.Acts.Select(act => (row.Guest, Act: act))).ToList();
        return command
            .With(Of(listed, static entry => PostgresHash.ToGuid(entry.Guest.Hash)))
            .With(Of(listed, static entry => entry.Sequence))
            .With(Of(listed, static entry => entry.Guest.Tenant))
            .With(Of(listed, static entry => entry.Aside!.InDoubt))
            .With(Of(listed, static entry => entry.Aside!.At.UtcTicks))
            .With(Of(listed, static entry => entry.Aside!.Event.EventId))
            .With(Of(listed, static entry => entry.Aside!.Event.Type))
            .With(Of(listed, static entry => entry.Aside!.Code ?? ""))
            .With(Of(gone, static entry => PostgresHash.ToGuid(entry.Guest.Hash)))
            .With(Of(gone, static entry => entry.Sequence))
            .With(Of(acts, static entry => entry.Guest.Tenant))
            .With(Of(acts, static entry => entry.Act.Act.At.UtcTicks))
            .With(Of(acts, static entry => entry.Act.Act.By))
            .With(Of(acts, static entry => entry.Act.Kind))
            .With(Of(acts, static entry => entry.Act.Act.Reason ?? ""))
            .With(Of(acts, static entry => PostgresHash.ToGuid(entry.Guest.Hash)))
            .With(Of(acts, static entry => entry.Act.Sequence ?? 0))
            .With(Of(acts, static entry => entry.Act.EventId ?? ""));
    }

    /// <summary>Binds the warnings of what becomes listed.</summary>
    public static NpgsqlCommand WithWarnings(this NpgsqlCommand command, IReadOnlyList<JournalRow> rows) => command.With(Of(
        Changes(rows).FindAll(static change => change.Aside is not null),
        static entry => EventWarning.Write(entry.Aside!.Event.Warnings)));

    /// <summary>Of several commits of one guest the last one says where an event stands.</summary>
    private static List<(GuestKey Guest, long Sequence, SetAsideEvent? Aside)> Changes(IReadOnlyList<JournalRow> rows) =>
    [
        .. rows
            .SelectMany(static row => row.Listing.Asides.Select(change => (row.Guest, Change: change)))
            .GroupBy(static entry => (entry.Guest, entry.Change.Sequence), static entry => entry.Change.Aside)
            .OrderBy(static entry => entry.Key)
            .Select(static entry => (entry.Key.Guest, entry.Key.Sequence, entry.Last())),
    ];

    /// <summary>Reads the columns <c>guest, name, sequence, event_id, type, code, at, warnings</c>.</summary>
    public static ListedAside Aside(string tenant, NpgsqlDataReader row) => new(
        new GuestKey(tenant, PostgresHash.FromGuid(row.GetGuid(0))), row.GetString(1), row.GetInt64(2),
        row.GetString(3), row.GetString(4), TextOrNull(row, 5), Time(row.GetInt64(6)))
    {
        Warnings = EventWarning.Read(row.GetString(7)),
    };

    /// <summary>Reads the columns <c>guest, name, undelivered, since, block</c>.</summary>
    public static ListedBacklog Backlog(string tenant, NpgsqlDataReader row) => new(
        new GuestKey(tenant, PostgresHash.FromGuid(row.GetGuid(0))), row.GetString(1), row.GetInt32(2),
        TimeOrNull(row, 3), TextOrNull(row, 4));

    /// <summary>Reads the columns <c>id, name, kind, by, at, reason, sequence, event_id</c>.</summary>
    public static ListedAct Act(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        new RecordedAct(
            row.GetString(2),
            new PersonAct(row.GetString(3), Time(row.GetInt64(4)), TextOrNull(row, 5)),
            row.GetInt64(6) == 0 ? null : row.GetInt64(6),
            TextOrNull(row, 7)));

    public static DateTimeOffset? TimeOrNull(NpgsqlDataReader row, int column) =>
        row.GetInt64(column) is > 0 and var ticks ? Time(ticks) : null;

    private static T[] Of<TItem, T>(IReadOnlyList<TItem> items, Func<TItem, T> column)
    {
        var values = new T[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = column(items[i]);
        return values;
    }

    private static string? TextOrNull(NpgsqlDataReader row, int column) =>
        row.GetString(column) is { Length: > 0 } text ? text : null;

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
