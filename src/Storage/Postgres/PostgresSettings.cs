namespace GuestSessions.Storage.Postgres;

/// <summary>How a silo uses its PostgreSQL.</summary>
public sealed record PostgresSettings
{
    public required string ConnectionString { get; init; }

    /// <summary>Maximum number of connections that read. One more writes. <value>20</value></summary>
    public int PoolSize { get; init; } = 20;

    /// <summary>The server cancels a statement after this time. <value>4 s</value></summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Whether opening the store migrates an older schema. <value>true</value>
    /// </summary>
    public bool MigrateAtStart { get; init; } = true;

    /// <summary>
    /// How long history is kept. The longer, the more days each partition covers. <value>30 days</value>
    /// </summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}
