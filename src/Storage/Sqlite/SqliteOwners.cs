using GuestSessions.Storage.Owners;

namespace GuestSessions.Storage.Sqlite;

internal sealed class SqliteOwners(SqliteConnections connections) : IOwnerRows
{
    public Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims) =>
        connections.WriteTogetherAsync<IReadOnlyList<OwnerRow>>(
            session =>
            {
                var made = claims.Where(claim => Claim(session, claim) && claim.After == 0).ToHashSet();
                return [.. claims.Select(claim => Read(session, claim.Browser)! with { IsNew = made.Contains(claim) })];
            },
            CancellationToken.None);

    public Task<OwnerRow?> ReadAsync(UInt128 browser, CancellationToken cancellation) =>
        connections.ReadAsync(session => Read(session, browser), cancellation);

    private static OwnerRow? Read(SqliteSession session, UInt128 browser) =>
        session.Statement(SqliteSql.Owners["read"]).With("browser", browser)
            .Read(static row => new OwnerRow(
                row.Hash(0), row.Text(1), row.Int64(2), row.Blob(3).Length == 0 ? null : row.Hash(3)))
            .SingleOrDefault();

    /// <returns>Whether the claim took effect.</returns>
    private static bool Claim(SqliteSession session, OwnerClaim claim)
    {
        var statement = claim.After == 0
            ? session.Statement(SqliteSql.Owners["insert"])
            : session.Statement(SqliteSql.Owners["move"]).With("after", claim.After);
        return statement
            .With("browser", claim.Browser)
            .With("guest", claim.Guest.Hash)
            .With("name", claim.Name)
            .Execute() > 0;
    }
}
