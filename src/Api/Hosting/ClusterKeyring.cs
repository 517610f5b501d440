using GuestSessions.Api.Errors;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using GuestSessions.ServiceDefaults.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// The keyring of the cluster's store, asked of a silo before the host listens: an API host has no journal. The same
/// question, asked again, tells whether the cluster can be reached.
/// </summary>
internal sealed partial class ClusterKeyring(
    IGrainFactory grains, IOptions<SessionsOptions> options, TimeProvider time, ILogger<ClusterKeyring> logger)
    : IHostedService, IHealthCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private GuestKeyring? _keyring;

    public GuestKeyring Keyring => _keyring
        ?? throw new InvalidOperationException("The keyring is not known before the host has started.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Cluster.Provider != ClusterProvider.Postgres)
            throw new OptionsValidationException(SessionsOptions.Section, typeof(SessionsOptions),
                ["Sessions:Cluster:Provider: an API host of its own needs a cluster: Postgres."]);
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

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await grains.GetGrain<IKeyringGrain>(0).ReadSecretAsync().WaitAsync(Patience, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception)
            when (Faults.IsUnavailable(exception) && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("No silo answers.");
        }
    }

    [LoggerMessage(7201, LogLevel.Warning, "The cluster does not tell its keyring yet: {Reason}")]
    private partial void LogWaiting(string reason);
}

internal static class ClusterKeyringServices
{
    /// <summary>Added after the Orleans client, which has to be connected first.</summary>
    public static IServiceCollection AddClusterKeyring(this IServiceCollection services)
    {
        services.AddSingleton<ClusterKeyring>();
        services.AddSingleton(static provider => provider.GetRequiredService<ClusterKeyring>().Keyring);
        services.AddHostedService(static provider => provider.GetRequiredService<ClusterKeyring>());
        services.AddHealthChecks().AddCheck<ClusterKeyring>("cluster", tags: [HealthEndpoints.ReadyTag]);
        return services;
    }
}
