using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Delivery;

/// <summary>Sending requests, and learning from their outcomes.</summary>
public sealed partial class DeliveryGate
{
    /// <summary>Makes the last check before a request is sent. From then on it is in flight.</summary>
    /// <returns>False when the tenant was stopped since the permit was granted. Then send nothing.</returns>
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

    /// <summary>Notes that the request was answered or abandoned.</summary>
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

    /// <summary>Learns from an event's attempt. Returns the report, corrected by the tenant's state.</summary>
    public AttemptReport Observe(string tenant, AttemptReport report, Witness witness) => Observe(
        tenant, (Report: report, Witness: witness), static (throttle, seen) => throttle.Observe(seen.Report, seen.Witness));

    /// <summary>Learns from a request for a browser id.</summary>
    public void ObserveBrowserId(string tenant, AttemptReport report) => Observe(tenant, report, static (throttle, seen) =>
    {
        throttle.ObserveBrowserId(seen);
        return seen;
    });

    /// <summary>
    /// Whether a request may be sent without a permit: the tenant is not stopped, and no <c>Retry-After</c> is active.
    /// </summary>
    public bool MayAsk(string tenant)
    {
        lock (_lock)
            return _throttles[tenant] is { IsStopped: false, IsHeld: false };
    }

    /// <summary>Whether the upstream accepted an event of the tenant within the last minute.</summary>
    public bool AcceptsEvents(string tenant)
    {
        lock (_lock)
            return _throttles[tenant].AcceptsEvents;
    }

    /// <param name="seen">What <paramref name="learn"/> gets, so that it needs no closure.</param>
    private AttemptReport Observe<TSeen>(string tenant, TSeen seen, Func<TenantThrottle, TSeen, AttemptReport> learn)
    {
        AttemptReport report;
        TenantTrouble before, after;
        bool hasNews;
        lock (_lock)
        {
            var throttle = _throttles[tenant];
            before = throttle.Trouble;
            report = learn(throttle, seen);
            after = throttle.Trouble;
            hasNews = throttle.HasReport;
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
