using System.Diagnostics;
using System.Diagnostics.Metrics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Options;
using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Memory;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Space;
using GuestSessions.Storage.Sqlite;
using GuestSessions.Storage.Tenants;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Storage;

public static class StorageServices
{
    /// <summary>
    /// Adds <see cref="IJournal"/> and <see cref="IBrowserLedger"/> over the store that <see cref="StorageOptions"/> names. The host opens it
    /// before its hosted services start and closes it after they stopped.
    /// </summary>
    public static IServiceCollection AddJournal(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
            StoreOf(provider.GetRequiredService<IOptions<SessionsOptions>>().Value.Storage));
        services.AddSingleton<ITenantDeliveryStore>(provider =>
            new TenantDeliveryStore(provider.GetRequiredService<ITenantRows>()));
        services.AddSingleton(provider => new Journal(
            provider.GetRequiredService<IJournalStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILogger<Journal>>(),
            space: SpaceOf(
                provider.GetRequiredService<IOptions<SessionsOptions>>().Value.Storage,
                provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<Journal>());
        services.AddSingleton<IJournalCapacity>(provider => provider.GetRequiredService<Journal>());
        services.AddSingleton(provider => (ITenantRows)provider.GetRequiredService<IJournalStore>());
        services.AddSingleton(provider => (IProbedStore)provider.GetRequiredService<IJournalStore>());
        services.AddSingleton<IStoreHealth, StoreHealth>();
        services.AddSingleton(provider => provider.GetRequiredService<Journal>().Lists);
        services.AddSingleton(provider => provider.GetRequiredService<Journal>().Operations);
        services.AddSingleton<IRejectionStore>(provider =>
            new RejectionStore((IRejectionRows)provider.GetRequiredService<IJournalStore>()));
        services.AddSingleton(provider => (IExtTypeStore)provider.GetRequiredService<IJournalStore>());
        services.AddSingleton<IBrowserLedger>(provider => provider.GetRequiredService<Journal>());
        services.AddHostedService<JournalLifetime>();
        return services;
    }

    /// <summary>
    /// Brings the schema of a PostgreSQL store up to this version; other stores keep theirs by themselves.
    /// </summary>
    /// <exception cref="InvalidOperationException">A newer version made it, and needs newer binaries.</exception>
    public static async Task MigrateAsync(StorageOptions options, CancellationToken cancellation)
    {
        if (options.Provider != StorageProvider.Postgres)
            return;
        await using var store = new PostgresJournalStore(SettingsOf(options));
        await store.MigrateAsync(cancellation);
    }

    private static FreeSpace? SpaceOf(StorageOptions options, TimeProvider time) =>
        options.Provider == StorageProvider.Sqlite
            ? FreeSpace.Around(
                new SqliteConnectionStringBuilder(options.ConnectionString).DataSource, options.FreeSpaceFloor, time)
            : null;

    private static IJournalStore StoreOf(StorageOptions options) => options.Provider switch
    {
        StorageProvider.Sqlite => new SqliteJournalStore(options.ConnectionString),
        StorageProvider.Postgres => new PostgresJournalStore(SettingsOf(options)),
        StorageProvider.Memory => new MemoryJournalStore(),
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
