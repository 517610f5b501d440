using GuestSessions.Api.Errors;
using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// What an API host knows of the cluster, and through it of the store: it asks several gateways at once, and the first good
/// answer counts. So it is ready while it reaches any silo, whatever became of the others.
/// </summary>
internal sealed partial class ClusterHealth(
    IGrainFactory grains, TimeProvider time, ILogger<ClusterHealth> logger) : IStoreHealth, IHealthCheck
{
    /// <summary>Questions at once. Orleans spreads them over the gateways by their keys.</summary>
    private const int Questions = 8;

    /// <summary>Longer than a silo waits for its store, so that its answer arrives.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(850);

    private readonly ILogger _logger = logger;
    private readonly Lock _turn = new();
    private Task<StoreState>? _asking;
    private bool _lost;

    public Task<StoreState> CheckAsync()
    {
        lock (_turn)
        {
            if (_asking is null or { IsCompleted: true })
                _asking = AskAsync();
            return _asking;
        }
    }

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await CheckAsync() == StoreState.Unknown
            ? HealthCheckResult.Unhealthy("No silo answers.")
            : HealthCheckResult.Healthy();

    private async Task<StoreState> AskAsync()
    {
        var best = StoreState.Unknown;
        await foreach (var answer in Task.WhenEach(Enumerable.Range(0, Questions).Select(AskAsync)))
        {
            var state = await answer;
            best = state < best ? state : best;
            if (best == StoreState.TakesWrites)
                break;
        }

        Note(isLost: best == StoreState.Unknown);
        return best;
    }

    private async Task<StoreState> AskAsync(int key)
    {
        try
        {
            return await grains.GetGrain<IHealthGrain>(key).CheckStoreAsync().WaitAsync(Patience, time) switch
            {
                StoreAnswer.TakesWrites => StoreState.TakesWrites,
                StoreAnswer.LowOnSpace => StoreState.LowOnSpace,
                _ => StoreState.Unavailable,
            };
        }
        catch (Exception exception) when (Faults.IsUnavailable(exception))
        {
            return StoreState.Unknown;
        }
    }

    private void Note(bool isLost)
    {
        lock (_turn)
        {
            if (_lost == isLost)
                return;
            _lost = isLost;
        }

        if (isLost)
            LogLost();
        else
            LogFound();
    }

    [LoggerMessage(7202, LogLevel.Warning, "No silo answers, and the host is not ready.")]
    private partial void LogLost();

    [LoggerMessage(7203, LogLevel.Information, "A silo answers again.")]
    private partial void LogFound();
}
