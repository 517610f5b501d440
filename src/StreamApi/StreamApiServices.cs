using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.StreamApi;

/// <summary>Adds the upstream client to a host.</summary>
public static class StreamApiServices
{
    /// <summary>The meter that telemetry must listen to.</summary>
    public const string MeterName = UpstreamInstruments.MeterName;

    /// <summary>
    /// Registers <see cref="IStreamClient"/> for the tenants of <see cref="SessionsOptions"/>, and follows their
    /// changes.
    /// </summary>
    public static IServiceCollection AddStreamApi(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SessionsOptions>, UpstreamAddressChecks>());
        services.TryAddSingleton<UpstreamInstruments>();
        services.TryAddSingleton<IStreamClient>(provider => new StreamClient(
            provider.GetRequiredService<IOptions<SessionsOptions>>(),
            provider.GetRequiredService<UpstreamInstruments>(),
            provider.GetRequiredService<ILogger<StreamClient>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IUpstreamRelay>(provider => new UpstreamRelay(
            provider.GetRequiredService<IOptions<SessionsOptions>>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
