using GuestSessions.Core.Guests;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Lets history go: partitions that have expired as a whole and hold nothing that a snapshot does not cover
/// are dropped; of the others the covered commits are deleted row by row. A commit of a partition that has not
/// expired as a whole stays with it, for the days of one partition at most.
/// </summary>
internal static class PostgresRetention
{
    public static async Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        PostgresSource source, DateTimeOffset before, Guid after, int limit,
        CancellationToken cancellation)
    {
        await using var connection = await source.UpkeepAsync(cancellation);
        var expired = await PostgresPartitions.ExpiredAsync(connection, DayOf(before), cancellation);
        var horizon = expired.Count > 0 ? expired.Max(partition => partition.To) : DateOnly.MinValue;
        await using (var settings = new NpgsqlCommand(PostgresScript.ByKey, connection))
            await settings.ExecuteNonQueryAsync(cancellation);
        await using var command = new NpgsqlCommand(PostgresScript.ReadUncovered, connection)
            .With(horizon).With(before.UtcTicks).With(after).With(limit);
        return await command.ReadAsync(PostgresRows.Guest, cancellation);
    }

    public static async Task<int> DeleteAsync(
        PostgresSource source, DateTimeOffset before, int limit,
        CancellationToken cancellation)
    {
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
        await using var misdated = new NpgsqlCommand(PostgresScript.DeleteMisdated, connection)
            .With(before.UtcTicks).With(limit - deleted);
        deleted += await misdated.ExecuteNonQueryAsync(cancellation);
        await using var revisits = new NpgsqlCommand(PostgresScript.DeleteRevisits, connection)
            .With(before.UtcTicks);
        await revisits.ExecuteNonQueryAsync(cancellation);
        return deleted;
    }

    /// <returns>How many commits went: more than the limit when they went as a whole.</returns>
    private static async Task<int> DeleteAsync(
        NpgsqlConnection connection, PostgresPartition partition, int limit, CancellationToken cancellation)
    {
        await using var count = new NpgsqlCommand(PostgresScript.CountCovered, connection)
            .With(partition.From).With(partition.To);
        // Nothing is ever added to a day that is over, and a snapshot never covers less than it did.
        if (await count.ExecuteScalarAsync(cancellation) is long covered)
            return await PostgresPartitions.TryDropAsync(connection, partition, cancellation)
                ? (int)Math.Min(covered, int.MaxValue)
                : 0;

        await using var command = new NpgsqlCommand(PostgresScript.DeleteCovered, connection)
            .With(partition.From).With(partition.To).With(limit);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);
}
