using System.Globalization;
using GuestSessions.Storage.Sql;

namespace GuestSessions.Storage.Sqlite;

/// <summary>The tables of the data file, and their version in its <c>user_version</c>.</summary>
internal sealed class SqliteSchema(IReadOnlyList<Migration> migrations)
{
    private int Known => migrations[^1].Version;

    /// <summary>Creates the tables in a new file, and migrates those of an older version.</summary>
    /// <param name="session">In a transaction that writes.</param>
    /// <returns>The store's secret.</returns>
    /// <exception cref="InvalidOperationException">A newer version of the service created the file.</exception>
    public byte[] Ensure(SqliteSession session)
    {
        var version = (long)session.Scalar("PRAGMA user_version")!;
        if (version > Known)
            throw new InvalidOperationException(
                $"The data file has schema version {version}, created by a newer version of the service.");
        foreach (var migration in migrations.Where(migration => migration.Version > version))
        {
            session.Execute(migration.Sql);
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {migration.Version}"));
        }

        return (byte[])session.Scalar(SqliteSql.Connection["secret"].Text)!;
    }
}
