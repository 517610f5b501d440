using System.Reflection;
using GuestSessions.ServiceDefaults.Options;
using Npgsql;

namespace GuestSessions.Clustering.Membership;

/// <summary>
/// The membership's tables. Silos that start together take turns with an advisory lock; a silo that finds the tables
/// leaves them unchanged.
/// </summary>
public static class MembershipSchema
{
    /// <summary>An arbitrary number that nothing else locks.</summary>
    private const long Lock = 0x67756573_74730002;

    private const string IsThere = "SELECT to_regclass('orleansmembershiptable') IS NOT NULL";

    /// <summary>Creates the tables unless they exist; does nothing without a cluster.</summary>
    /// <exception cref="NpgsqlException">The database does not answer, or denies access.</exception>
    public static async Task MigrateAsync(ServiceOptions options, CancellationToken cancellation)
    {
        if (options.Cluster.Provider != ClusterProvider.Postgres)
            return;
        await using var source = NpgsqlDataSource.Create(ClusterSettings.MembershipConnection(options));
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection))
        {
            turn.Parameters.AddWithValue(Lock);
            await turn.ExecuteNonQueryAsync(cancellation);
        }

        if (await IsThereAsync(connection, cancellation))
            return;
        foreach (var script in Scripts())
        {
            await using var apply = new NpgsqlCommand(script, connection);
            await apply.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <exception cref="InvalidOperationException">The tables do not exist.</exception>
    public static async Task CheckAsync(ServiceOptions options, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(ClusterSettings.MembershipConnection(options));
        await using var connection = await source.OpenConnectionAsync(cancellation);
        if (!await IsThereAsync(connection, cancellation))
            throw new InvalidOperationException(
                "The database has no membership tables: run \"migrate\", or set Sessions:Storage:MigrateAtStart.");
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var look = new NpgsqlCommand(IsThere, connection);
        return await look.ExecuteScalarAsync(cancellation) is true;
    }

    private static IEnumerable<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }
}
