using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Tenants;

namespace GuestSessions.Grains.Delivery;

/// <summary>The gate's part of the tenant state that silos share.</summary>
public sealed partial class DeliveryGate
{
    /// <summary>From now on every throttle sends by its tenant's terms, and sends nothing before it has them.</summary>
    /// <param name="listener">Receives the tenant whose throttle has something to report or needs terms. Called without a lock.</param>
    public void Listen(Action<string> listener)
    {
        lock (_lock)
        {
            _listener = listener;
            foreach (var throttle in _throttles.Values)
                throttle.Share();
        }
    }

    /// <summary>
    /// Follows changes of the settings. A removed tenant keeps its throttle: guests may wait for it or hold permits. It gets no
    /// terms anymore, so it sends nothing more.
    /// </summary>
    private void Change(IReadOnlyList<TenantChange> changes)
    {
        lock (_lock)
        {
            foreach (var tenant in _options.Tenants.Keys.Where(tenant => !_throttles.ContainsKey(tenant)))
            {
                _throttles[tenant] = _create(tenant);
                if (_listener is not null)
                    _throttles[tenant].Share();
            }
        }

        Grant(); // A limit may be higher now.
    }

    /// <summary>Takes the report of the tenant's throttle. Each observation is reported once.</summary>
    public TenantReport TakeReport(string tenant)
    {
        lock (_lock)
            return _throttles[tenant].TakeReport();
    }

    /// <summary>Puts back a report that did not arrive.</summary>
    public void PutBack(string tenant, TenantReport report)
    {
        lock (_lock)
            _throttles[tenant].PutBack(report);
    }

    /// <summary>Gives the tenant's throttle its terms.</summary>
    /// <param name="asked">The timestamp from before the terms were requested.</param>
    public void Apply(string tenant, TenantTerms terms, long asked)
    {
        lock (_lock)
            _throttles[tenant].Apply(terms, asked);
        Grant();
    }

    /// <summary>Stops the tenant after a person paused it. From now on this silo sends nothing of it.</summary>
    /// <param name="turn">See <see cref="TenantTerms.Turn"/>.</param>
    /// <returns>The number of its requests that were sent before and are not answered.</returns>
    public int Stop(string tenant, long turn)
    {
        lock (_lock)
        {
            _throttles[tenant].Stop(turn);
            return _throttles[tenant].Sending;
        }
    }

    /// <summary>Why no guest of the tenant may send from this silo now; null when one may.</summary>
    /// <param name="isPublic">Whether the guest's next event came with a public key.</param>
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

    /// <summary>The current state of each configured tenant's throttle.</summary>
    public IReadOnlyList<ThrottleReading> Read()
    {
        lock (_lock)
        {
            return
            [
                .. _throttles.Values.Where(throttle => _options.Tenants.ContainsKey(throttle.Tenant))
                    .Select(static throttle => throttle.Read()),
            ];
        }
    }

    /// <summary>Whether the tenant's throttle has nothing that other silos should learn soon.</summary>
    public bool IsQuiet(string tenant)
    {
        lock (_lock)
            return _throttles[tenant].IsQuiet;
    }
}
