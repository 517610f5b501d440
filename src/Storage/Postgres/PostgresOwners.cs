using GuestSessions.Storage.Owners;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

internal sealed class PostgresOwners(PostgresSource source, PostgresQueries queries) : IOwnerRows
{
    public Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims) =>
        queries.RunAsync(() => ClaimInTransactionAsync(claims));

    public async Task<OwnerRow?> ReadAsync(UInt128 browser, CancellationToken cancellation) => (await queries.ReadAsync(
        PostgresSql.Owners["read"],
        command => command.With("browsers", new[] { PostgresHash.ToGuid(browser) }),
        Row,
        cancellation)).SingleOrDefault();

    private async Task<IReadOnlyList<OwnerRow>> ClaimInTransactionAsync(IReadOnlyList<OwnerClaim> claims)
    {
        var browsers = claims.Select(static claim => PostgresHash.ToGuid(claim.Browser)).ToArray();
        await using var connection = await source.ReadAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var locks = new PostgresCommand(PostgresSql.Owners["lock"], connection))
            await locks.With("browsers", browsers).ExecuteAsync();
        await using (var insert = new PostgresCommand(PostgresSql.Owners["insert"], connection))
            await Bind(insert).ExecuteAsync();
        await using (var move = new PostgresCommand(PostgresSql.Owners["move"], connection))
            await Bind(move).ExecuteAsync();
        await using var read = new PostgresCommand(PostgresSql.Owners["read"], connection);
        var rows = await read.With("browsers", browsers).ReadAsync(Row);
        await transaction.CommitAsync();
        return rows;

        PostgresCommand Bind(PostgresCommand command) => command
            .With("browsers", browsers)
            .With("guests", claims.Select(static claim => PostgresHash.ToGuid(claim.Guest.Hash)).ToArray())
            .With("names", claims.Select(static claim => claim.Name).ToArray())
            .With("after", claims.Select(static claim => claim.After).ToArray());
    }

    private static OwnerRow Row(NpgsqlDataReader row) => new(
        PostgresHash.FromGuid(row.GetGuid(0)), row.GetString(1), row.GetInt64(2),
        row.IsDBNull(3) ? null : PostgresHash.FromGuid(row.GetGuid(3)));
}
