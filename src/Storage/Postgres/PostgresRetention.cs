using GuestSessions.Core.Guests;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Deletes old history. A partition that has expired completely is dropped once snapshots cover all its commits; until then
/// its covered commits are deleted row by row. A commit in a partition that has not expired completely stays, at most for
/// the days of one partition.
/// </summary>
internal sealed class PostgresRetention(PostgresSource source, PostgresPartitions partitions)
{
    /// <summary>Maximum number of rows in one statement, so that it holds their locks only for a moment.</summary>
    private const int MostCleared = 10_000;

    public async Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation)
    {
        await using var connection = await source.UpkeepAsync(cancellation);
        var expired = await PostgresPartitions.ExpiredAsync(connection, DayOf(before), cancellation);
        var horizon = expired.Count > 0 ? expired.Max(partition => partition.To) : DateOnly.MinValue;
        await PostgresSource.FindByKeyAsync(connection);
        await using var command = new PostgresCommand(PostgresSql.Retention["uncovered"], connection)
            .With("day", horizon).With("before", before.UtcTicks).With("after", after?.Hash ?? 0).With("limit", limit);
        return await command.ReadAsync(PostgresRows.Guest, cancellation);
    }

    /// <returns>How many commits it deleted: more than the limit if a partition was dropped.</returns>
    public async Task<int> DeleteAsync(DateTimeOffset before, int limit, CancellationToken cancellation)
    {
        await partitions.EnsureAsync(cancellation);
        await using var connection = await source.UpkeepAsync(cancellation);
        var deleted = 0;
        var expired = await PostgresPartitions.ExpiredAsync(connection, DayOf(before), cancellation);
        foreach (var partition in expired)
        {
            if (deleted < limit)
                deleted += await DeleteAsync(connection, partition, limit - deleted, cancellation);
        }

        if (deleted >= limit)
            return deleted;
        await using var misdated = new PostgresCommand(PostgresSql.Retention["delete-misdated"], connection)
            .With("before", before.UtcTicks).With("limit", limit - deleted);
        deleted += await misdated.ExecuteAsync(cancellation);
        if (deleted > 0 || expired.Count > 0)
            await ClearKeptAsync(connection, before, cancellation);
        await using var late = new PostgresCommand(PostgresSql.Retention["delete-late-changes"], connection)
            .With("before", before.UtcTicks);
        await late.ExecuteAsync(cancellation);
        return deleted;
    }

    private static async Task<int> DeleteAsync(
        NpgsqlConnection connection, PostgresPartition partition, int limit, CancellationToken cancellation)
    {
        await using var count = new PostgresCommand(PostgresSql.Retention["count-covered"], connection)
            .With("from", partition.From).With("to", partition.To);
        // A day that is over gets no more commits, and the coverage of snapshots never shrinks.
        if (await count.ScalarAsync(cancellation) is long covered)
            return await PostgresPartitions.TryDropAsync(connection, partition, cancellation)
                ? (int)Math.Min(covered, int.MaxValue)
                : 0;

        await using var command = new PostgresCommand(PostgresSql.Retention["delete-covered"], connection)
            .With("from", partition.From).With("to", partition.To).With("limit", limit);
        return await command.ExecuteAsync(cancellation);
    }

    private static async Task ClearKeptAsync(
        NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancellation)
    {
        await using var command = new PostgresCommand(PostgresSql.Retention["clear-kept"], connection)
            .With("before", before.UtcTicks).With("limit", MostCleared);
        while (await command.ExecuteAsync(cancellation) == MostCleared)
        {
        }
    }

    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);
}
