namespace GuestSessions.Storage.Postgres;

/// <summary>How a silo uses its PostgreSQL.</summary>
public sealed record PostgresSettings
{
    public required string ConnectionString { get; init; }

    /// <summary>Connections that read; one more writes. <value>20</value></summary>
    public int PoolSize { get; init; } = 20;

    /// <summary>After this the server gives a statement up. <value>4 s</value></summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Bring an older schema up to this version when the store is opened. <value>true</value>
    /// </summary>
    public bool MigrateAtStart { get; init; } = true;

    /// <summary>
    /// How long history is kept: the longer, the more days share a partition. <value>30 days</value>
    /// </summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}
