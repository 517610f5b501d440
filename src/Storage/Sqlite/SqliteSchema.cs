namespace GuestSessions.Storage.Sqlite;

/// <summary>The tables of the data file and their version.</summary>
internal static class SqliteSchema
{
    private const long Version = 7;

    /// <summary>
    /// Makes the tables in a new file, adds what an older one lacks, and refuses a newer one.
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
            if (version < 1)
                session.Execute(SqlScript.Schema.Text);
            if (version < 2)
                session.Execute(SqlScript.Tenants.Text);
            if (version < 3)
                session.Execute(SqlScript.Lists.Text);
            if (version < 4)
                session.Execute(SqlScript.History.Text);
            if (version < 5)
                session.Execute(SqlScript.Owners.Text);
            if (version < 6)
                session.Execute(SqlScript.Audit.Text);
            if (version < 7)
                session.Execute(SqlScript.Rejections.Text);
            return (byte[])session.Scalar(SqlScript.ReadSecret.Text)!;
        },
        write: true);
}
