namespace GuestSessions.Grains.Recovery;

/// <summary>The share of this silo in its cluster as it stands, and a sign when the cluster changes.</summary>
public interface IMembershipWatch
{
    ClusterShare Share { get; }

    /// <summary>Completes at the next change, or at once when there was one since the last wait.</summary>
    Task ChangedAsync(CancellationToken cancellation);
}

/// <summary>The membership as Orleans tells it.</summary>
internal sealed class MembershipWatch : IMembershipWatch, ISiloStatusListener, IDisposable
{
    private readonly ISiloStatusOracle _silos;
    private readonly SemaphoreSlim _changed = new(0, 1);

    public MembershipWatch(ISiloStatusOracle silos)
    {
        _silos = silos;
        silos.SubscribeToSiloStatusEvents(this);
    }

    public ClusterShare Share => new(
        [.. _silos.GetApproximateSiloStatuses(onlyActive: true).Keys], _silos.SiloAddress);

    public Task ChangedAsync(CancellationToken cancellation) => _changed.WaitAsync(cancellation);

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        // A silo that comes brings no work; what it takes over is at work already, where it is.
        if (status is not (SiloStatus.Dead or SiloStatus.ShuttingDown or SiloStatus.Stopping))
            return;
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // The sign is up already.
        }
    }

    public void Dispose()
    {
        _silos.UnSubscribeFromSiloStatusEvents(this);
        _changed.Dispose();
    }
}
