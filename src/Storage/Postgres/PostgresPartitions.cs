using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Creates the partitions of the journal days ahead, and drops those that have expired completely. They are named by the
/// server's day. <c>0001-schema.sql</c> explains why there is no default partition.
/// </summary>
internal sealed class PostgresPartitions(PostgresSource source, TimeSpan retention)
{
    /// <summary>
    /// How far ahead to create partitions. The hourly upkeep may fail for this long before a write has to create one itself.
    /// </summary>
    private const int DaysAhead = 7;

    /// <summary>
    /// Maximum number of partitions that a read of one guest opens. Longer histories put more days into each.
    /// </summary>
    private const int MaxPartitions = 60;

    private readonly int _days = Math.Max(1, (int)Math.Ceiling(retention.TotalDays / MaxPartitions));

    /// <summary>Creates the missing partitions of today and the days ahead.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await using var connection = await source.FreshAsync(cancellation);
        if (Missing(await ReadAsync(connection, cancellation)).Count == 0)
            return;

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await PostgresSchema.LockAsync(connection, cancellation);
        foreach (var partition in Missing(await ReadAsync(connection, cancellation)))
            await AddAsync(connection, partition, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The partitions whose last day is before the given one.</summary>
    public static async Task<IReadOnlyList<PostgresPartition>> ExpiredAsync(
        NpgsqlConnection connection, DateOnly before, CancellationToken cancellation)
    {
        var (_, partitions) = await ReadAsync(connection, cancellation);
        return [.. partitions.Where(partition => partition.To <= before)];
    }

    /// <summary>
    /// Drops a partition, unless the journal is too busy. A drop waits for the readers and writers of the whole journal,
    /// and others wait behind it, so it does not wait long.
    /// </summary>
    /// <returns>Whether the partition is gone.</returns>
    public static async Task<bool> TryDropAsync(
        NpgsqlConnection connection, PostgresPartition partition, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await PostgresSchema.LockAsync(connection, cancellation);
            await ExecuteAsync(connection, "SET LOCAL lock_timeout = '500ms'", cancellation);
            await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {partition.Name}", cancellation);
            await using var removal = new PostgresCommand(PostgresSql.Retention["remove-partition"], connection)
                .With("name", partition.Name);
            await removal.ExecuteAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return true;
        }
        catch (PostgresException failure) when (PostgresErrors.IsLockNotAvailable(failure))
        {
            return false;
        }
    }

    private List<PostgresPartition> Missing((DateOnly Today, List<PostgresPartition> Partitions) known)
    {
        var missing = new List<PostgresPartition>();
        for (var day = known.Today; day <= known.Today.AddDays(DaysAhead);)
        {
            if (known.Partitions.Find(partition => partition.Holds(day)) is { } there)
            {
                day = there.To;
                continue;
            }

            var next = known.Partitions.Where(partition => partition.From > day)
                .Select(partition => partition.From).DefaultIfEmpty(DateOnly.MaxValue).Min();
            var to = day.AddDays(_days);
            missing.Add(new PostgresPartition(day, to < next ? to : next));
            day = missing[^1].To;
        }

        return missing;
    }

    private static async Task<(DateOnly Today, List<PostgresPartition> Partitions)> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new PostgresCommand(PostgresSql.Retention["partitions"], connection);
        var today = DateOnly.MinValue;
        var partitions = await command.ReadAsync(
            row =>
            {
                today = row.GetFieldValue<DateOnly>(2);
                return row.IsDBNull(0)
                    ? null
                    : new PostgresPartition(row.GetFieldValue<DateOnly>(0), row.GetFieldValue<DateOnly>(1));
            },
            cancellation);
        return (today, [.. partitions.OfType<PostgresPartition>()]);
    }

    /// <summary>
    /// Creates a table and attaches it: creating it as a partition would block every writer in the meantime.
    /// </summary>
    private static async Task AddAsync(
        NpgsqlConnection connection, PostgresPartition partition, CancellationToken cancellation)
    {
        await ExecuteAsync(
            connection,
            $"""
            CREATE TABLE {partition.Name} (LIKE journal INCLUDING ALL);
            ALTER TABLE journal ATTACH PARTITION {partition.Name}
                FOR VALUES FROM ('{partition.FromText}') TO ('{partition.ToText}');
            """,
            cancellation);
        await using var entry = new PostgresCommand(PostgresSql.Retention["add-partition"], connection)
            .With("name", partition.Name).With("from", partition.From).With("to", partition.To);
        await entry.ExecuteAsync(cancellation);
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
