namespace GuestSessions.Storage.Sqlite;

/// <summary>The tables of the data file and their version.</summary>
internal static class SqliteSchema
{
    private const long Version = 1;

    /// <summary>
    /// Makes the tables in a new file, or sees that this version knows those of an old one.
    /// </summary>
    /// <returns>The store's secret.</returns>
    /// <exception cref="InvalidOperationException">A newer version made the file.</exception>
    public static byte[] Ensure(SqliteSession session) => session.InTransaction(
        () =>
        {
            var version = (long)session.Scalar("PRAGMA user_version")!;
            if (version > Version)
                throw new InvalidOperationException(
                    $"The data file has schema version {version}, made by a newer version of the service.");
            if (version == 0)
                session.Execute(SqlScript.Schema.Text);
            return (byte[])session.Scalar(SqlScript.ReadSecret.Text)!;
        },
        write: true);
}
