using System.Diagnostics.Metrics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Events;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Operations;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Space;
using GuestSessions.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Storage;

public static class StorageServices
{
    /// <summary>
    /// Adds the journal over a store, and every other port that the store implements. The host opens it before its hosted
    /// services start and closes it after they have stopped.
    /// </summary>
    /// <param name="store">Creates the store; it is opened later.</param>
    /// <param name="space">Watches the disk that the store writes to; null where that is another machine's.</param>
    public static IServiceCollection AddJournal(
        this IServiceCollection services, Func<IServiceProvider, IStore> store, Func<TimeProvider, FreeSpace>? space = null)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(store);
        services.AddSingleton(provider => new Journal(
            provider.GetRequiredService<IStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILogger<Journal>>(),
            space: space?.Invoke(provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<Journal>());
        services.AddSingleton<IJournalCapacity>(provider => provider.GetRequiredService<Journal>());
        services.AddSingleton<IBrowserLedger>(provider => provider.GetRequiredService<Journal>());
        services.AddRoles();
        services.AddSingleton<IEventSearch>(provider => new EventSearch(
            provider.GetRequiredService<IStore>().Events, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IStoreHealth, StoreHealth>();
        services.AddHostedService<JournalLifetime>();
        return services;
    }

    /// <summary>Adds the roles of the store, and the ports of the core over them.</summary>
    private static void AddRoles(this IServiceCollection services)
    {
        services.AddSingleton(Role(static store => store.Lists));
        services.AddSingleton(Role(static store => store.ExtTypes));
        services.AddSingleton(Role(static store => store.Tenants));
        services.AddSingleton(Role(static store => store.Erasures));
        services.AddSingleton(Role(static store => store.Files));
        services.AddSingleton(Role(static store => store.Probe));
        services.AddSingleton(Role<IOperationStore>(static store => new OperationStore(store.Operations)));
        services.AddSingleton(Role<IRejectionStore>(static store => new RejectionStore(store.Rejections)));
        services.AddSingleton(Role<ITenantDeliveryStore>(static store => new TenantDeliveryStore(store.Tenants)));
        services.AddSingleton(Role<ITenantHistoryStore>(static store => new TenantHistoryStore(store.Tenants)));
    }

    private static Func<IServiceProvider, T> Role<T>(Func<IStore, T> role)
        where T : class => provider => role(provider.GetRequiredService<IStore>());
}
