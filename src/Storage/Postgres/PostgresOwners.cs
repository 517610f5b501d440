using GuestSessions.Storage.Owners;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

internal sealed class PostgresOwners(PostgresSource source, PostgresQueries queries) : IOwnerRows
{
    public Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims) =>
        queries.RunAsync(() => ClaimAllAsync(claims));

    public async Task<OwnerRow?> ReadAsync(UInt128 browser, CancellationToken cancellation) => (await queries.ReadAsync(
        PostgresSql.Owners["read"],
        command => command.With("browsers", new[] { PostgresHash.ToGuid(browser) }),
        Row,
        cancellation)).SingleOrDefault();

    /// <summary>
    /// Makes claims of browsers that have no owner in one statement: a wave of new guests has no others. Those of browsers
    /// that do have one, and those that were made, are then made again in a transaction, which changes nothing twice.
    /// </summary>
    private async Task<IReadOnlyList<OwnerRow>> ClaimAllAsync(IReadOnlyList<OwnerClaim> claims)
    {
        if (claims.Any(static claim => claim.After > 0))
            return await ClaimInTransactionAsync(claims, []);
        List<Guid> made;
        await using (var connection = await source.ReadAsync(CancellationToken.None))
            made = await InsertAsync(connection, claims);
        return made.Count < claims.Count
            ? await ClaimInTransactionAsync(claims, made)
            : [.. claims.Select(static claim => new OwnerRow(claim.Guest.Hash, claim.Name, 1, Previous: null) { IsNew = true })];
    }

    /// <param name="made">The browsers for which a statement before this one made rows.</param>
    private async Task<IReadOnlyList<OwnerRow>> ClaimInTransactionAsync(
        IReadOnlyList<OwnerClaim> claims, IEnumerable<Guid> made)
    {
        var browsers = BrowsersOf(claims);
        await using var connection = await source.ReadAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var locks = new PostgresCommand(PostgresSql.Owners["lock"], connection))
            await locks.With("browsers", browsers).ExecuteAsync();
        var all = made.Concat(await InsertAsync(connection, claims)).ToHashSet();
        await using (var move = new PostgresCommand(PostgresSql.Owners["move"], connection))
            await Bind(move, claims).ExecuteAsync();
        await using var read = new PostgresCommand(PostgresSql.Owners["read"], connection);
        var rows = await read.With("browsers", browsers).ReadAsync(Row);
        await transaction.CommitAsync();
        return [.. rows.Select((row, i) => row with
        {
            IsNew = all.Contains(browsers[i]) && row.Guest == claims[i].Guest.Hash,
        })];
    }

    private static async Task<List<Guid>> InsertAsync(NpgsqlConnection connection, IReadOnlyList<OwnerClaim> claims)
    {
        await using var insert = new PostgresCommand(PostgresSql.Owners["insert"], connection);
        return await Bind(insert, claims).ReadAsync(static row => row.GetGuid(0));
    }

    private static PostgresCommand Bind(PostgresCommand command, IReadOnlyList<OwnerClaim> claims) => command
        .With("browsers", BrowsersOf(claims))
        .With("guests", claims.Select(static claim => PostgresHash.ToGuid(claim.Guest.Hash)).ToArray())
        .With("names", claims.Select(static claim => claim.Name).ToArray())
        .With("after", claims.Select(static claim => claim.After).ToArray());

    private static Guid[] BrowsersOf(IReadOnlyList<OwnerClaim> claims) =>
        [.. claims.Select(static claim => PostgresHash.ToGuid(claim.Browser))];

    private static OwnerRow Row(NpgsqlDataReader row) => new(
        PostgresHash.FromGuid(row.GetGuid(0)), row.GetString(1), row.GetInt64(2),
        row.IsDBNull(3) ? null : PostgresHash.FromGuid(row.GetGuid(3)));
}
