using System.Diagnostics;
using System.Diagnostics.Metrics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Options;
using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Memory;
using GuestSessions.Storage.Operations;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Space;
using GuestSessions.Storage.Sql;
using GuestSessions.Storage.Sqlite;
using GuestSessions.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Storage;

public static class StorageServices
{
    /// <summary>
    /// Adds the journal and every other port that a store implements, for the store that <see cref="StorageOptions"/>
    /// names. The host opens it before its hosted services start and closes it after they have stopped.
    /// </summary>
    public static IServiceCollection AddJournal(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
            StoreOf(provider.GetRequiredService<IOptions<SessionsOptions>>().Value.Storage));
        services.AddSingleton(provider => new Journal(
            provider.GetRequiredService<IStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILogger<Journal>>(),
            space: SpaceOf(
                provider.GetRequiredService<IOptions<SessionsOptions>>().Value.Storage,
                provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<Journal>());
        services.AddSingleton<IJournalCapacity>(provider => provider.GetRequiredService<Journal>());
        services.AddSingleton<IBrowserLedger>(provider => provider.GetRequiredService<Journal>());
        services.AddRoles();
        services.AddSingleton<IStoreHealth, StoreHealth>();
        services.AddHostedService<JournalLifetime>();
        return services;
    }

    /// <summary>
    /// Migrates the schema of a PostgreSQL store to this version. Other stores migrate when they are opened.
    /// </summary>
    /// <exception cref="InvalidOperationException">The schema needs a newer version of the service.</exception>
    public static async Task MigrateAsync(StorageOptions options, CancellationToken cancellation)
    {
        if (options.Provider != StorageProvider.Postgres)
            return;
        await using var store = new PostgresStore(SettingsOf(options));
        await store.MigrateAsync(cancellation);
    }

    /// <summary>Adds the roles of the store, and the ports of the core over them.</summary>
    private static void AddRoles(this IServiceCollection services)
    {
        services.AddSingleton(Role(static store => store.Lists));
        services.AddSingleton(Role(static store => store.ExtTypes));
        services.AddSingleton(Role(static store => store.Tenants));
        services.AddSingleton(Role(static store => store.Probe));
        services.AddSingleton(Role<IOperationStore>(static store => new OperationStore(store.Operations)));
        services.AddSingleton(Role<IRejectionStore>(static store => new RejectionStore(store.Rejections)));
        services.AddSingleton(Role<ITenantDeliveryStore>(static store => new TenantDeliveryStore(store.Tenants)));
    }

    private static Func<IServiceProvider, T> Role<T>(Func<IStore, T> role)
        where T : class => provider => role(provider.GetRequiredService<IStore>());

    private static FreeSpace? SpaceOf(StorageOptions options, TimeProvider time) =>
        options.Provider == StorageProvider.Sqlite
            ? FreeSpace.Around(
                ConnectionStrings.Sqlite(options.ConnectionString).DataSource, options.FreeSpaceFloor, time)
            : null;

    private static IStore StoreOf(StorageOptions options) => options.Provider switch
    {
        StorageProvider.Sqlite => new SqliteStore(options.ConnectionString),
        StorageProvider.Postgres => new PostgresStore(SettingsOf(options)),
        StorageProvider.Memory => new MemoryStore(),
        _ => throw new UnreachableException($"No store for {options.Provider}."),
    };

    private static PostgresSettings SettingsOf(StorageOptions options) => new()
    {
        ConnectionString = options.ConnectionString,
        PoolSize = options.PoolSize,
        StatementTimeout = options.StatementTimeout,
        MigrateAtStart = options.MigrateAtStart,
        Retention = options.Retention,
    };
}
