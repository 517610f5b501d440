using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Delivery;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Tenants;

/// <summary>
/// What the silos say to a tenant about its delivery, and what it lets each of them do. One grain a tenant; the key is its
/// name. Not for callers outside the silos.
/// </summary>
[Alias("tenant-throttle"), Version(1)]
public interface ITenantThrottleGrain : IGrainWithStringKey
{
    /// <summary>Tells what a silo has seen, and takes its terms until the next report.</summary>
    /// <param name="silo">The silo's name, one of each process.</param>
    /// <param name="news">What it has seen since its last report.</param>
    /// <param name="listener">Who is told when another silo's news change the terms.</param>
    [Alias("report")]
    Task<TenantTerms> ReportAsync(string silo, TenantNews news, ITenantListener listener);
}

/// <summary>A silo that wants to know when a tenant's terms changed.</summary>
[Alias("tenant-listener"), Version(1)]
public interface ITenantListener : IGrainObserver
{
    /// <summary>The terms changed: report and take them. May get lost; the next report comes anyway.</summary>
    [Alias("changed")]
    Task ChangedAsync(string tenant);

    /// <summary>A person paused the tenant. When it returns, nothing more of the tenant leaves the silo.</summary>
    /// <param name="turn">See <see cref="TenantTerms.Turn"/>.</param>
    /// <returns>How many requests had left before and are not answered.</returns>
    [Alias("stop")]
    Task<int> StopAsync(string tenant, long turn);
}

/// <summary>What a silo has seen of a tenant's upstream.</summary>
[GenerateSerializer, Immutable, Alias("tenant-news")]
public sealed record TenantNews
{
    /// <summary>What is left of a <c>Retry-After</c>.</summary>
    [Id(0)] public TimeSpan Hold { get; init; }

    /// <summary>Trouble that was seen here since the last report.</summary>
    [Id(1)] public TenantTrouble Raised { get; init; }

    /// <summary>The status that showed it.</summary>
    [Id(2)] public int? Status { get; init; }

    /// <summary>An event was taken here since the last report, which ends the trouble.</summary>
    [Id(3)] public bool Recovered { get; init; }

    /// <summary>The circuit is open here.</summary>
    [Id(4)] public bool CircuitOpen { get; init; }

    /// <summary>Guests that wait for a permit here.</summary>
    [Id(5)] public int Waiting { get; init; }

    /// <summary>Sends since the last report.</summary>
    [Id(6)] public int Sent { get; init; }

    /// <summary>The rate that is leased to this silo still.</summary>
    [Id(7)] public double Rate { get; init; }

    /// <summary>Until this silo would probe.</summary>
    [Id(8)] public TimeSpan ProbeIn { get; init; }

    /// <summary>While the tenant is probed: how much the best of those who wait here would say about it.</summary>
    [Id(9)] public ProbeRank Rank { get; init; }

    /// <summary>Requests that have left and are not answered.</summary>
    [Id(10)] public int Sending { get; init; }

    /// <summary>While the circuit is open here: how long nothing is tried.</summary>
    [Id(11)] public TimeSpan CircuitFor { get; init; }

    /// <summary>Of those that wait, guests whose next event came with a public key.</summary>
    [Id(12)] public int PublicWaiting { get; init; }

    /// <summary>Of the sends, those of events that came with a public key.</summary>
    [Id(13)] public int PublicSent { get; init; }

    /// <summary>How much there is to send here.</summary>
    internal SendDemand Demand => new(Waiting - PublicWaiting + Sent - PublicSent, PublicWaiting + PublicSent);
}

/// <summary>What a silo may do for a tenant until its next report.</summary>
[GenerateSerializer, Immutable, Alias("tenant-terms")]
public sealed record TenantTerms
{
    /// <summary>A person paused the tenant.</summary>
    [Id(0)] public bool Paused { get; init; }

    /// <summary>Send nothing for this long.</summary>
    [Id(1)] public TimeSpan Hold { get; init; }

    [Id(2)] public TenantTrouble Trouble { get; init; }

    /// <summary>The circuit is open somewhere.</summary>
    [Id(3)] public bool CircuitOpen { get; init; }

    /// <summary>While there is trouble or a circuit is open: this silo is the one that probes.</summary>
    [Id(4)] public bool MayProbe { get; init; }

    /// <summary>Its first probe goes after this.</summary>
    [Id(5)] public TimeSpan ProbeIn { get; init; }

    /// <summary>Requests a second that this silo may send, where the tenant has a rate.</summary>
    [Id(6)] public double Rate { get; init; }

    /// <summary>How long the rate is good, from the moment of asking.</summary>
    [Id(7)] public TimeSpan RateFor { get; init; }

    /// <summary>For this long, refusals are the events' own, however many: a person looked.</summary>
    [Id(8)] public TimeSpan Forgiven { get; init; }

    /// <summary>How often a person has paused or resumed the tenant. Terms of an earlier turn do not count.</summary>
    [Id(9)] public long Turn { get; init; }

    /// <summary>The upstream's status that showed the trouble.</summary>
    [Id(10)] public int? Status { get; init; }
}
