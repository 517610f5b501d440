using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Recovery;

/// <summary>This silo's current share in its cluster, and a signal when the cluster changes.</summary>
public interface IMembershipWatch
{
    ClusterShare Share { get; }

    /// <summary>Completes at the next change, or at once if there was a change since the last wait.</summary>
    Task ChangedAsync(CancellationToken cancellation);
}

/// <summary>The membership that Orleans reports.</summary>
internal sealed partial class MembershipWatch : IMembershipWatch, ISiloStatusListener, IDisposable
{
    private readonly ISiloStatusOracle _silos;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _changed = new(0, 1);

    public MembershipWatch(ISiloStatusOracle silos, ILogger<MembershipWatch> logger)
    {
        _silos = silos;
        _logger = logger;
        silos.SubscribeToSiloStatusEvents(this);
    }

    public ClusterShare Share => new(
        [.. _silos.GetApproximateSiloStatuses(onlyActive: true).Keys], _silos.SiloAddress);

    public Task ChangedAsync(CancellationToken cancellation) => _changed.WaitAsync(cancellation);

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead && !updatedSilo.Equals(_silos.SiloAddress))
            LogDead(updatedSilo.Endpoint.ToString());
        // A silo that joins brings no work. The guests of its new share are active elsewhere already.
        if (status is not (SiloStatus.Dead or SiloStatus.ShuttingDown or SiloStatus.Stopping))
            return;
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // The change is already signaled.
        }
    }

    [LoggerMessage(7102, LogLevel.Warning,
        "The silo at {Silo} was declared dead. Its guests activate on other silos.")]
    private partial void LogDead(string silo);

    public void Dispose()
    {
        _silos.UnSubscribeFromSiloStatusEvents(this);
        _changed.Dispose();
    }
}
