using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>What the statement <c>load-heads</c> finds of a guest.</summary>
/// <param name="Version">The version of the guest's last commit; 0 for an unknown guest.</param>
/// <param name="Since">No commit after the snapshot is in a partition from before this day.</param>
/// <param name="Today">The server's day.</param>
/// <param name="Floor">See <see cref="StoredGuest.Floor"/>.</param>
internal readonly record struct PostgresHead(
    long Version, StoredKept Kept, StoredSnapshot? Snapshot, DateOnly Since, DateOnly Today, long Floor, bool IsErased)
{
    /// <summary>The version up to which a snapshot or an erasure explains missing commits; 0 without either.</summary>
    public long Covered => Math.Max(Snapshot?.Version ?? 0, Floor);

    public StoredGuest Guest(long head, StoredKept kept, IReadOnlyList<StoredRow> rows) =>
        new(head, kept, Snapshot, rows) { Floor = Floor, IsErased = IsErased };

    /// <summary>Whether there are commits after the snapshot.</summary>
    public bool HasCommits => Version > Covered;

    public static PostgresHead Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        new StoredKept(row.GetInt32(6), row.GetFieldValue<byte[]>(7)),
        row.IsDBNull(3) ? null : new StoredSnapshot(row.GetInt64(1), row.GetInt32(2), row.GetFieldValue<byte[]>(3)),
        row.IsDBNull(4) ? DateOnly.MinValue : row.GetFieldValue<DateOnly>(4),
        row.GetFieldValue<DateOnly>(5),
        row.GetInt64(8),
        row.GetBoolean(9));
}
