using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Postgres;

/// <summary>The columns that a batch of commits passes to the statement <c>write-batch</c>.</summary>
internal static class PostgresBatchColumns
{
    /// <param name="heads">The last row of each guest.</param>
    public static PostgresCommand WithHeads(this PostgresCommand command, IReadOnlyList<JournalRow> heads) => command
        .With("head_guest", Column(heads, static row => PostgresHash.ToGuid(row.Guest.Hash)))
        .With("head_version", Column(heads, static row => row.Version))
        .With("head_pending", Column(heads, static row => row.Pending))
        .With("head_tenant", Column(heads, static row => row.Guest.Tenant))
        .With("head_name", Column(heads, static row => row.Name))
        .With("head_undelivered", Column(heads, static row => row.Lists.Undelivered))
        .With("head_since", Column(heads, static row => row.Lists.WaitingSince?.UtcTicks ?? 0))
        .With("head_block", Column(heads, static row => row.Lists.Block ?? ""))
        .With("head_hot", Column(heads, static row => row.Lists.IsHot));

    /// <param name="heads">The last row of each guest. Only the last can be one that the head keeps.</param>
    public static PostgresCommand WithKept(
        this PostgresCommand command, IReadOnlyList<JournalRow> heads, long commit) => command
        .With("head_kept", Column(heads, static row => row.Kept))
        .With("head_kept_at", Column(heads, static row => row.IsKept ? row.At.UtcTicks : 0))
        .With("head_kept_commit", Column(heads, row => row.IsKept ? commit : 0))
        .With("head_kept_format", Column(heads, static row => row.Format));

    public static PostgresCommand WithRows(this PostgresCommand command, IReadOnlyList<JournalRow> rows) => command
        .With("row_guest", Column(rows, static row => PostgresHash.ToGuid(row.Guest.Hash)))
        .With("row_version", Column(rows, static row => row.Version))
        .With("row_at", Column(rows, static row => row.At.UtcTicks))
        .With("row_format", Column(rows, static row => row.Format))
        .With("row_payload", Column(rows, static row => row.Payload))
        .With("row_accepted", Column(rows, static row => row.Position.Accepted))
        .With("row_reached", Column(rows, static row => row.Position.Reached))
        .With("row_left_line", Column(rows, static row => row.Position.LeftLine));

    public static PostgresCommand WithTerms(this PostgresCommand command, IReadOnlyList<JournalRow> rows)
    {
        // In key order, like the batches of other silos, so that two batches never deadlock over terms.
        var terms = All(rows, static row => row.Terms, static (row, hash) => (Hash: hash, Guest: PostgresHash.ToGuid(row.Guest.Hash)));
        terms.Sort();
        return command
            .With("term_hash", Column(terms, static term => PostgresHash.ToGuid(term.Hash)))
            .With("term_guest", Column(terms, static term => term.Guest));
    }

    public static PostgresCommand WithLateChanges(this PostgresCommand command, IReadOnlyList<JournalRow> rows)
    {
        var late = All(rows, static row => row.LateChanges, static (row, sequence) => (Row: row, Sequence: sequence));
        return command
            .With("late_guest", Column(late, static change => PostgresHash.ToGuid(change.Row.Guest.Hash)))
            .With("late_sequence", Column(late, static change => change.Sequence))
            .With("late_version", Column(late, static change => change.Row.Version))
            .With("late_at", Column(late, static change => change.Row.At.UtcTicks));
    }

    /// <summary>Binds the events that are set aside, and those that no longer are.</summary>
    public static PostgresCommand WithAsides(this PostgresCommand command, IReadOnlyList<JournalRow> rows)
    {
        var changes = LastChanges(rows);
        var gone = changes.FindAll(static change => change.Aside is null);
        var aside = changes.FindAll(static change => change.Aside is not null);
        return command
            .With("aside_guest", Column(aside, static entry => PostgresHash.ToGuid(entry.Guest.Hash)))
            .With("aside_sequence", Column(aside, static entry => entry.Sequence))
            .With("aside_tenant", Column(aside, static entry => entry.Guest.Tenant))
            .With("aside_in_doubt", Column(aside, static entry => entry.Aside!.InDoubt))
            .With("aside_at", Column(aside, static entry => entry.Aside!.At.UtcTicks))
            .With("aside_event_id", Column(aside, static entry => entry.Aside!.Event.EventId))
            .With("aside_type", Column(aside, static entry => entry.Aside!.Event.Type))
            .With("aside_code", Column(aside, static entry => entry.Aside!.Code ?? ""))
            .With("aside_warnings", Column(aside, static entry => EventWarning.Write(entry.Aside!.Event.Warnings)))
            .With("gone_guest", Column(gone, static entry => PostgresHash.ToGuid(entry.Guest.Hash)))
            .With("gone_sequence", Column(gone, static entry => entry.Sequence));
    }

    public static PostgresCommand WithActs(this PostgresCommand command, IReadOnlyList<JournalRow> rows)
    {
        var acts = All(rows, static row => row.Lists.Acts, static (row, act) => (row.Guest, Act: act));
        return command
            .With("act_tenant", Column(acts, static entry => entry.Guest.Tenant))
            .With("act_at", Column(acts, static entry => entry.Act.Act.At.UtcTicks))
            .With("act_by", Column(acts, static entry => entry.Act.Act.By))
            .With("act_kind", Column(acts, static entry => entry.Act.Kind))
            .With("act_reason", Column(acts, static entry => entry.Act.Act.Reason ?? ""))
            .With("act_guest", Column(acts, static entry => PostgresHash.ToGuid(entry.Guest.Hash)))
            .With("act_sequence", Column(acts, static entry => entry.Act.Sequence ?? 0))
            .With("act_event_id", Column(acts, static entry => entry.Act.EventId ?? ""))
            .With("act_via", Column(acts, static entry => entry.Act.Act.Via ?? ""));
    }

    /// <summary>Of several commits of one guest, the last one decides whether an event is set aside.</summary>
    private static List<(GuestKey Guest, long Sequence, SetAsideEvent? Aside)> LastChanges(IReadOnlyList<JournalRow> rows) =>
    [
        .. All(rows, static row => row.Lists.Asides, static (row, change) => (row.Guest, Change: change))
            .GroupBy(static entry => (entry.Guest, entry.Change.Sequence), static entry => entry.Change.Aside)
            .OrderBy(static entry => entry.Key)
            .Select(static entry => (entry.Key.Guest, entry.Key.Sequence, entry.Last())),
    ];

    /// <summary>What the rows have of something; most have nothing of it.</summary>
    private static List<T> All<TItem, T>(
        IReadOnlyList<JournalRow> rows, Func<JournalRow, IReadOnlyList<TItem>> items, Func<JournalRow, TItem, T> of)
    {
        List<T> all = [];
        for (var i = 0; i < rows.Count; i++)
        {
            var some = items(rows[i]);
            for (var k = 0; k < some.Count; k++)
                all.Add(of(rows[i], some[k]));
        }

        return all;
    }

    private static T[] Column<TItem, T>(IReadOnlyList<TItem> items, Func<TItem, T> column)
    {
        var values = new T[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = column(items[i]);
        return values;
    }
}
