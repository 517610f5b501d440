namespace GuestSessions.Core.Privacy;

/// <summary>Where bytes of deleted rows may still be after the store gave up what it could.</summary>
/// <param name="Store">The kind of store: <c>sqlite</c>, <c>postgres</c> or <c>in_memory</c>.</param>
/// <param name="IsComplete">
/// Whether the store is done: SQLite has overwritten the rows and emptied its log; PostgreSQL has vacuumed the tables, and no
/// transaction kept dead rows.
/// </param>
/// <param name="HeldBackBy">Why it is not done; null if it is.</param>
/// <param name="LogFrames">SQLite: frames that are left in the log.</param>
public sealed record StorageRemains(string Store, bool IsComplete, string? HeldBackBy = null, long LogFrames = 0)
{
    /// <summary>A reader kept SQLite from emptying its log.</summary>
    public const string Reader = "reader";

    /// <summary>A transaction, a replication slot or a prepared transaction of PostgreSQL is older than the deletion.</summary>
    public const string Transaction = "transaction";

    /// <summary>The service does not own the tables, so it may not vacuum them.</summary>
    public const string Permission = "permission";

    /// <summary>The vacuum took too long or was interrupted.</summary>
    public const string Interrupted = "interrupted";
}
