using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Delivery;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Tenants;

/// <summary>
/// Receives the silos' reports about a tenant's delivery and gives each silo its terms. One grain per tenant. The key is the
/// tenant's name. Not for callers outside the silos.
/// </summary>
[Alias("tenant-throttle"), Version(1)]
public interface ITenantThrottleGrain : IGrainWithStringKey
{
    /// <summary>Takes a silo's report and returns its terms until the next one.</summary>
    /// <param name="silo">The silo's name, different for each process.</param>
    /// <param name="report">What the silo observed since its last report.</param>
    /// <param name="listener">Is notified when another silo's report changes the terms.</param>
    [Alias("report")]
    Task<TenantTerms> ReportAsync(string silo, TenantReport report, ITenantListener listener);
}

/// <summary>A silo that is notified when a tenant's terms change.</summary>
[Alias("tenant-listener"), Version(1)]
public interface ITenantListener : IGrainObserver
{
    /// <summary>The terms changed: report to get them. The call may get lost; the next regular report replaces it.</summary>
    [Alias("changed")]
    Task ChangedAsync(string tenant);

    /// <summary>A person paused the tenant. When the call returns, the silo sends nothing more of the tenant.</summary>
    /// <param name="turn">See <see cref="TenantTerms.Turn"/>.</param>
    /// <returns>The number of requests that were sent before and are not answered.</returns>
    [Alias("stop")]
    Task<int> StopAsync(string tenant, long turn);
}

/// <summary>What a silo observed of a tenant's upstream.</summary>
[GenerateSerializer, Immutable, Alias("tenant-report")]
public sealed record TenantReport
{
    /// <summary>The rest of a <c>Retry-After</c>.</summary>
    [Id(0)] public TimeSpan Hold { get; init; }

    /// <summary>Trouble that this silo saw since the last report.</summary>
    [Id(1)] public TenantTrouble Raised { get; init; }

    /// <summary>The upstream's status that showed the trouble.</summary>
    [Id(2)] public int? Status { get; init; }

    /// <summary>Whether the upstream accepted an event of this silo since the last report, which ends the trouble.</summary>
    [Id(3)] public bool Recovered { get; init; }

    /// <summary>Whether the circuit is open on this silo.</summary>
    [Id(4)] public bool CircuitOpen { get; init; }

    /// <summary>Number of guests that wait for a permit on this silo.</summary>
    [Id(5)] public int Waiting { get; init; }

    /// <summary>Number of sends since the last report.</summary>
    [Id(6)] public int Sent { get; init; }

    /// <summary>The rate that this silo still leases, in requests per second.</summary>
    [Id(7)] public double Rate { get; init; }

    /// <summary>Time until this silo would probe.</summary>
    [Id(8)] public TimeSpan ProbeIn { get; init; }

    /// <summary>While the tenant is probed: the highest rank of the guests that wait on this silo.</summary>
    [Id(9)] public ProbeRank Rank { get; init; }

    /// <summary>Number of requests that were sent and are not answered.</summary>
    [Id(10)] public int Sending { get; init; }

    /// <summary>While the circuit is open on this silo: the time until the next try.</summary>
    [Id(11)] public TimeSpan CircuitFor { get; init; }

    /// <summary>Of the waiting guests, those whose next event came with a public key.</summary>
    [Id(12)] public int PublicWaiting { get; init; }

    /// <summary>Of the sends, those of events that came with a public key.</summary>
    [Id(13)] public int PublicSent { get; init; }

    /// <summary>How much this silo has to send.</summary>
    internal SendDemand Demand => new(Waiting - PublicWaiting + Sent - PublicSent, PublicWaiting + PublicSent);
}

/// <summary>The terms by which a silo sends for a tenant until its next report.</summary>
[GenerateSerializer, Immutable, Alias("tenant-terms")]
public sealed record TenantTerms
{
    /// <summary>Whether a person paused the tenant.</summary>
    [Id(0)] public bool Paused { get; init; }

    /// <summary>Send nothing for this long.</summary>
    [Id(1)] public TimeSpan Hold { get; init; }

    [Id(2)] public TenantTrouble Trouble { get; init; }

    /// <summary>Whether the circuit is open on at least one silo.</summary>
    [Id(3)] public bool CircuitOpen { get; init; }

    /// <summary>While there is trouble or a circuit is open: whether this silo is the one that probes.</summary>
    [Id(4)] public bool MayProbe { get; init; }

    /// <summary>Time until its first probe.</summary>
    [Id(5)] public TimeSpan ProbeIn { get; init; }

    /// <summary>Requests per second that this silo may send, if the tenant has a rate.</summary>
    [Id(6)] public double Rate { get; init; }

    /// <summary>How long the rate is valid, from the moment of the request.</summary>
    [Id(7)] public TimeSpan RateFor { get; init; }

    /// <summary>For this long, all refusals are attributed to the events, because a person resumed the tenant.</summary>
    [Id(8)] public TimeSpan Forgiven { get; init; }

    /// <summary>How often a person has paused or resumed the tenant. Terms of an earlier turn do not count.</summary>
    [Id(9)] public long Turn { get; init; }

    /// <summary>The upstream's status that showed the trouble.</summary>
    [Id(10)] public int? Status { get; init; }
}
