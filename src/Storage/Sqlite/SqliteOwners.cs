using GuestSessions.Storage.Owners;

namespace GuestSessions.Storage.Sqlite;

/// <summary>The rows of who owns which browser id.</summary>
internal static class SqliteOwners
{
    public static IReadOnlyList<OwnerRow> Claim(SqliteSession session, IReadOnlyList<OwnerClaim> claims) =>
        session.InTransaction(
            () =>
            {
                foreach (var claim in claims)
                    Claim(session, claim);
                return claims.Select(claim => Read(session, claim.Browser)!).ToArray();
            },
            write: true);

    public static OwnerRow? Read(SqliteSession session, UInt128 browser) =>
        session.Statement(SqlScript.ReadOwner).With("$browser", browser)
            .Read(static row => new OwnerRow(
                row.Hash(0), row.Text(1), row.Int64(2), row.Blob(3).Length == 0 ? null : row.Hash(3)))
            .SingleOrDefault();

    private static void Claim(SqliteSession session, OwnerClaim claim)
    {
        var statement = session.Statement(claim.After == 0 ? SqlScript.InsertOwner : SqlScript.MoveOwner)
            .With("$browser", claim.Browser)
            .With("$guest", claim.Guest.Hash)
            .With("$name", claim.Name);
        if (claim.After > 0)
            statement = statement.With("$after", claim.After);
        statement.Execute();
    }
}
