using GuestSessions.Storage.Owners;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>The rows of who owns which browser id.</summary>
internal static class PostgresOwners
{
    public static async Task<IReadOnlyList<OwnerRow>> ClaimAsync(
        PostgresSource source, IReadOnlyList<OwnerClaim> claims)
    {
        var browsers = claims.Select(static claim => PostgresHash.ToGuid(claim.Browser)).ToArray();
        await using var connection = await source.ReadAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var locks = new NpgsqlCommand(PostgresScript.LockOwners, connection).With(browsers))
            await locks.ExecuteNonQueryAsync();
        await ExecuteAsync(PostgresScript.InsertOwners);
        await ExecuteAsync(PostgresScript.MoveOwners);
        var rows = await ReadAsync(connection, browsers, CancellationToken.None);
        await transaction.CommitAsync();
        return rows;

        async Task ExecuteAsync(string script)
        {
            await using var command = new NpgsqlCommand(script, connection)
                .With(browsers)
                .With(claims.Select(static claim => PostgresHash.ToGuid(claim.Guest.Hash)).ToArray())
                .With(claims.Select(static claim => claim.Name).ToArray())
                .With(claims.Select(static claim => claim.After).ToArray());
            await command.ExecuteNonQueryAsync();
        }
    }

    public static async Task<OwnerRow?> ReadAsync(
        PostgresSource source, UInt128 browser, CancellationToken cancellation)
    {
        await using var connection = await source.ReadAsync(cancellation);
        var rows = await ReadAsync(connection, [PostgresHash.ToGuid(browser)], cancellation);
        return rows.SingleOrDefault();
    }

    private static async Task<List<OwnerRow>> ReadAsync(
        NpgsqlConnection connection, Guid[] browsers, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(PostgresScript.ReadOwners, connection).With(browsers);
        return await command.ReadAsync(
            static row => new OwnerRow(
                PostgresHash.FromGuid(row.GetGuid(0)), row.GetString(1), row.GetInt64(2),
                row.IsDBNull(3) ? null : PostgresHash.FromGuid(row.GetGuid(3))),
            cancellation);
    }
}
