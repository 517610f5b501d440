using Microsoft.Extensions.Logging;

namespace GuestSessions.Clustering;

/// <summary>Lets an API host start before its cluster: it waits for the cluster before it listens.</summary>
internal sealed partial class WaitForCluster(TimeProvider time, ILogger<WaitForCluster> logger)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogWaiting(exception.GetType().Name, exception.Message);
        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }

    [LoggerMessage(7001, LogLevel.Warning, "No silo can be reached yet: {Failure}: {Reason}")]
    private partial void LogWaiting(string failure, string reason);
}
