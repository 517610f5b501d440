using GuestSessions.Api.Errors;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using GuestSessions.ServiceDefaults.Health;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// The keyring of the cluster's store. The host reads it from a silo before it listens, because an API host has no journal.
/// </summary>
internal sealed partial class ClusterKeyring(
    IGrainFactory grains, IOptions<ServiceOptions> options, TimeProvider time, ILogger<ClusterKeyring> logger)
    : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private GuestKeyring? _keyring;

    public GuestKeyring Keyring => _keyring
        ?? throw new InvalidOperationException("The keyring is not known before the host has started.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Cluster.Provider != ClusterProvider.Postgres)
            throw new OptionsValidationException(SessionsOptions.Section, typeof(ServiceOptions),
                ["Sessions:Cluster:Provider: a separate API host needs a cluster. Set Postgres."]);
        while (_keyring is null)
        {
            try
            {
                _keyring = new GuestKeyring(await grains.GetGrain<IKeyringGrain>(0).ReadSecretAsync());
            }
            catch (Exception exception)
                when (Faults.IsUnavailable(exception) && !cancellationToken.IsCancellationRequested)
            {
                LogWaiting(exception.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(7201, LogLevel.Warning, "The cluster does not provide its keyring yet: {Reason}")]
    private partial void LogWaiting(string reason);
}

internal static class ClusterKeyringServices
{
    /// <summary>Call it after adding the Orleans client, which has to connect first.</summary>
    public static IServiceCollection AddClusterKeyring(this IServiceCollection services)
    {
        services.AddSingleton<ClusterKeyring>();
        services.AddSingleton(static provider => provider.GetRequiredService<ClusterKeyring>().Keyring);
        services.AddHostedService(static provider => provider.GetRequiredService<ClusterKeyring>());
        services.AddSingleton<ClusterHealth>();
        services.AddSingleton<IStoreHealth>(static provider => provider.GetRequiredService<ClusterHealth>());
        services.AddHealthChecks()
            .AddCheck<ClusterHealth>("cluster", tags: [HealthEndpoints.ReadyTag])
            .AddCheck<StoreHealthCheck>("storage", tags: [HealthEndpoints.ReadyTag]);
        return services;
    }
}
