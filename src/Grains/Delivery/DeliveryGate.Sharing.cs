using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Tenants;

namespace GuestSessions.Grains.Delivery;

/// <summary>The gate's side of what silos share of a tenant.</summary>
public sealed partial class DeliveryGate
{
    /// <summary>From here on every throttle sends by its tenant's terms, and nothing before it has them.</summary>
    /// <param name="listener">Told of a tenant whose throttle has news, or needs terms; called under no lock.</param>
    public void Listen(Action<string> listener)
    {
        lock (_lock)
        {
            _listener = listener;
            foreach (var throttle in _throttles.Values)
                throttle.Share();
        }
    }

    /// <summary>What the tenant's throttle has to tell, taken once.</summary>
    public TenantNews TakeNews(string tenant)
    {
        lock (_lock)
            return _throttles[tenant].TakeNews();
    }

    /// <summary>Puts back news that could not be told.</summary>
    public void PutBack(string tenant, TenantNews news)
    {
        lock (_lock)
            _throttles[tenant].PutBack(news);
    }

    /// <summary>Gives the tenant's throttle its terms.</summary>
    /// <param name="asked">The timestamp from before they were asked for.</param>
    public void Apply(string tenant, TenantTerms terms, long asked)
    {
        lock (_lock)
            _throttles[tenant].Apply(terms, asked);
        Grant();
    }

    /// <summary>A person paused the tenant: from here on nothing more of it leaves this silo.</summary>
    /// <param name="turn">See <see cref="TenantTerms.Turn"/>.</param>
    /// <returns>How many of its requests had left before and are not answered.</returns>
    public int Stop(string tenant, long turn)
    {
        lock (_lock)
        {
            _throttles[tenant].Stop(turn);
            return _throttles[tenant].Sending;
        }
    }

    /// <summary>Why no guest of the tenant may send from here now; null when one may.</summary>
    /// <param name="isPublic">The guest's next event came with a public key.</param>
    public WaitView? ObstacleOf(string tenant, bool isPublic)
    {
        lock (_lock)
        {
            var throttle = _throttles[tenant];
            return _drained is not null ? new WaitView(WaitCode.ShuttingDown)
                : throttle.Obstacle() ?? (_inFlight >= _capacity || (isPublic && !(PublicMayGo && throttle.PublicMayGo))
                    ? new WaitView(WaitCode.Turn)
                    : null);
        }
    }

    /// <summary>Nothing goes on in the tenant's throttle that others should know soon.</summary>
    public bool IsQuiet(string tenant)
    {
        lock (_lock)
            return _throttles[tenant].IsQuiet;
    }
}
