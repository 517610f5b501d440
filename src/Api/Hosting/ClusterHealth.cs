using GuestSessions.Api.Errors;
using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// Checks the cluster, and through it the store, for an API host. It asks several gateways at once, and the first good
/// answer counts. So the host is ready while it reaches any silo, whatever the state of the others.
/// </summary>
internal sealed partial class ClusterHealth(
    IGrainFactory grains, TimeProvider time, ILogger<ClusterHealth> logger) : IStoreHealth, IHealthCheck
{
    /// <summary>Number of questions at once. Orleans spreads them over the gateways by their keys.</summary>
    private const int Questions = 8;

    /// <summary>Longer than a silo waits for its store, so that its answer arrives.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(850);

    /// <summary>Pause before the gateways are asked once more.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

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
        var started = time.GetTimestamp();
        var best = await AskOnceAsync(Patience);
        // All known gateways may be gone; the first call that fails makes Orleans find others.
        while (best == StoreState.Unknown && Patience - time.GetElapsedTime(started) is var left && left > Pause)
        {
            await Task.Delay(Pause, time);
            best = await AskOnceAsync(left - Pause);
        }

        Note(isLost: best == StoreState.Unknown);
        return best;
    }

    /// <summary>The best answer of several gateways.</summary>
    private async Task<StoreState> AskOnceAsync(TimeSpan patience)
    {
        var best = StoreState.Unknown;
        await foreach (var answer in Task.WhenEach(Enumerable.Range(0, Questions).Select(key => AskAsync(key, patience))))
        {
            var state = await answer;
            best = state < best ? state : best;
            if (best == StoreState.TakesWrites)
                break;
        }

        return best;
    }

    private async Task<StoreState> AskAsync(int key, TimeSpan patience)
    {
        try
        {
            return await grains.GetGrain<IHealthGrain>(key).CheckStoreAsync().WaitAsync(patience, time) switch
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
