using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Makes the partitions of the journal days ahead, and drops those that have expired as a whole. They are
/// named by the server's day; <c>0001-journal.sql</c> says why there is none for the rest.
/// </summary>
internal sealed class PostgresPartitions(PostgresSource source, TimeSpan retention)
{
    /// <summary>
    /// How far ahead: what an upkeep that runs every hour may miss before a write has to make one itself.
    /// </summary>
    private const int DaysAhead = 7;

    /// <summary>
    /// Partitions that a guest is looked up in, at most; beyond it more days share one.
    /// </summary>
    private const int Most = 60;

    private readonly int _days = Math.Max(1, (int)Math.Ceiling(retention.TotalDays / Most));

    /// <summary>Sees to it that today and the days ahead have partitions.</summary>
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
    /// Drops a partition, unless the journal is too busy. It waits for the readers and writers of the whole
    /// journal, and others wait behind it, so it does not wait long.
    /// </summary>
    /// <returns>Whether it is gone.</returns>
    public static async Task<bool> TryDropAsync(
        NpgsqlConnection connection, PostgresPartition partition, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await PostgresSchema.LockAsync(connection, cancellation);
            await ExecuteAsync(connection, "SET LOCAL lock_timeout = '500ms'", cancellation);
            await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {partition.Name}", cancellation);
            await using var removal = new NpgsqlCommand(PostgresScript.RemovePartition, connection)
                .With(partition.Name);
            await removal.ExecuteNonQueryAsync(cancellation);
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
        await using var command = new NpgsqlCommand(PostgresScript.ReadPartitions, connection);
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
    /// A table of its own first, and attached then: making it as a partition would stop every writer for it.
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
        await using var entry = new NpgsqlCommand(PostgresScript.AddPartition, connection)
            .With(partition.Name).With(partition.From).With(partition.To);
        await entry.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
