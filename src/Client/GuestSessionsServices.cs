using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Client;

/// <summary>Adds the client to a program.</summary>
public static class GuestSessionsServices
{
    /// <summary>Name of the activity source that tracing must listen to.</summary>
    public const string ActivitySourceName = "GuestSessions.Client";

    /// <summary>Name of the meter that metrics must listen to.</summary>
    public const string MeterName = "GuestSessions.Client";

    /// <summary>
    /// Registers <see cref="IGuestSessions"/> as one instance for the whole program. A host drains its buffer when all its
    /// services have stopped; without a host, dispose the instance.
    /// </summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configure">Sets at least the address and the key.</param>
    /// <returns>
    /// The HTTP client under it, for handlers of your own. Add no retries: the client retries. It has no loggers, because those of
    /// the factory write addresses, and an address names its guest.
    /// </returns>
    public static IHttpClientBuilder AddGuestSessions(
        this IServiceCollection services, Action<GuestSessionsOptions> configure)
    {
        services.AddOptions<GuestSessionsOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GuestSessionsOptions>, OptionsCheck>());
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GuestSessionsClient>();
        services.TryAddSingleton<IGuestSessions>(static provider => provider.GetRequiredService<GuestSessionsClient>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HostedDrain>());
        // The loggers of the factory write each address, and with it the guest.
        return services
            .AddHttpClient(ServiceCalls.HttpClientName, static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
    }
}
