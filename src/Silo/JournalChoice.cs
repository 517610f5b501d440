using System.Diagnostics;
using GuestSessions.ServiceDefaults.Options;
using GuestSessions.Storage;
using GuestSessions.Storage.Memory;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace GuestSessions.Silo;

/// <summary>The journal over the store that the options name.</summary>
internal static class JournalChoice
{
    /// <summary>Checks that silos of a cluster share a journal. Only silos can: API hosts have no journal.</summary>
    /// <exception cref="OptionsValidationException">Each silo would have a journal of its own.</exception>
    public static void Check(ServiceOptions options)
    {
        if (options.Cluster.Provider == ClusterProvider.Postgres && options.Storage.Provider != StorageProvider.Postgres)
            throw new OptionsValidationException(nameof(StorageOptions), typeof(StorageOptions),
                ["Sessions:Storage:Provider: silos of a cluster share a journal. Set Postgres."]);
    }

    public static IServiceCollection AddJournal(this IServiceCollection services, StorageOptions options) =>
        options.Provider == StorageProvider.Sqlite
            ? services.AddJournal(
                _ => NewStore(options),
                time => SqliteStore.FreeSpaceAround(options.ConnectionString, options.FreeSpaceFloor, time))
            : services.AddJournal(_ => NewStore(options));

    /// <summary>The store that the options name; it is not open yet.</summary>
    public static IStore NewStore(StorageOptions options) => options.Provider switch
    {
        StorageProvider.Sqlite => new SqliteStore(options.ConnectionString),
        StorageProvider.Postgres => new PostgresStore(SettingsOf(options)),
        StorageProvider.Memory => new MemoryStore(),
        _ => throw new UnreachableException($"No store for {options.Provider}."),
    };

    /// <summary>Migrates the schema of a PostgreSQL store to this version. Other stores migrate when they are opened.</summary>
    /// <exception cref="InvalidOperationException">The schema needs a newer version of the service.</exception>
    public static async Task MigrateAsync(StorageOptions options, CancellationToken cancellation)
    {
        if (options.Provider != StorageProvider.Postgres)
            return;
        await using var store = new PostgresStore(SettingsOf(options));
        await store.MigrateAsync(cancellation);
    }

    private static PostgresSettings SettingsOf(StorageOptions options) => new()
    {
        ConnectionString = options.ConnectionString,
        PoolSize = options.PoolSize,
        StatementTimeout = options.StatementTimeout,
        MigrateAtStart = options.MigrateAtStart,
        Retention = options.Retention,
    };
}
