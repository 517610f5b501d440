using System.ComponentModel.DataAnnotations;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Where sessions are kept.</summary>
public sealed class StorageOptions : RetentionOptions
{
    /// <summary>
    /// <c>Sqlite</c> for one silo, <c>Postgres</c> for one or several, <c>Memory</c> for tests. <value>Sqlite</value>
    /// </summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>
    /// For SQLite <c>Data Source=file</c>; for PostgreSQL <c>Host=…;Database=…;Username=…;Password=…</c>.
    /// <value>Data Source=data/sessions.db</value>
    /// </summary>
    [Secret]
    public string ConnectionString { get; set; } = "Data Source=data/sessions.db";

    /// <summary>
    /// PostgreSQL: maximum number of a silo's connections that read; one more writes. <value>20</value>
    /// </summary>
    [Range(1, 1_000)]
    public int PoolSize { get; set; } = 20;

    /// <summary>
    /// PostgreSQL: time after which the server cancels a statement. Callers wait 5 s for a commit.
    /// <value>4 s</value>
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// PostgreSQL: migrate an older schema at start; otherwise use the command <c>migrate</c>.
    /// <value>true</value>
    /// </summary>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>
    /// SQLite: free bytes on the data file's disk below which events are rejected; the rest is for outcomes of
    /// deliveries. <value>64 MB</value>
    /// </summary>
    [Range(0L, long.MaxValue)]
    public long FreeSpaceFloor { get; set; } = 64 * 1024 * 1024;
}

public enum StorageProvider
{
    Sqlite,
    Postgres,
    Memory,
}
