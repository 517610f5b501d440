using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Delivery;

/// <summary>What leaves, and what is learned from its outcome.</summary>
public sealed partial class DeliveryGate
{
    /// <summary>The last look before a request leaves: from here on it is in flight.</summary>
    /// <returns>False when the tenant was stopped since the permit was granted. Then nothing may leave.</returns>
    public bool TryBeginSend(SendPermit permit)
    {
        lock (_lock)
        {
            var throttle = _throttles[permit.Tenant];
            if (throttle.IsStopped)
                return false;
            throttle.Sending++;
            return permit.IsSending = true;
        }
    }

    /// <summary>The request is answered, or given up.</summary>
    public void EndSend(SendPermit permit)
    {
        lock (_lock)
        {
            if (!permit.IsSending)
                return;
            permit.IsSending = false;
            _throttles[permit.Tenant].Sending--;
        }
    }

    /// <summary>Learns from an event's attempt; returns it as the tenant's state lets it count.</summary>
    public AttemptReport Observe(string tenant, AttemptReport report, Witness witness) =>
        Observe(tenant, throttle => throttle.Observe(report, witness));

    /// <summary>Learns from a request for a browser id.</summary>
    public void ObserveBrowserId(string tenant, AttemptReport report) => Observe(tenant, throttle =>
    {
        throttle.ObserveBrowserId(report);
        return report;
    });

    /// <summary>A request that waited for no permit may leave: the tenant is not stopped, and no <c>Retry-After</c> runs.</summary>
    public bool MayAsk(string tenant)
    {
        lock (_lock)
            return _throttles[tenant] is { IsStopped: false, IsHeld: false };
    }

    /// <summary>An event of the tenant was accepted within the last minute.</summary>
    public bool AcceptsEvents(string tenant)
    {
        lock (_lock)
            return _throttles[tenant].AcceptsEvents;
    }

    private AttemptReport Observe(string tenant, Func<TenantThrottle, AttemptReport> learn)
    {
        AttemptReport report;
        TenantTrouble before, after;
        bool hasNews;
        lock (_lock)
        {
            var throttle = _throttles[tenant];
            before = throttle.Trouble;
            report = learn(throttle);
            after = throttle.Trouble;
            hasNews = throttle.HasNews;
        }

        if (before != after && after != TenantTrouble.None)
            LogPaused(tenant, report.Status, report.Error);
        else if (before != after)
            LogResumed(tenant);
        if (hasNews)
            _listener?.Invoke(tenant);
        return report;
    }
}
