using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>A tenant's delivery, for people who watch, pause and resume it. The grain key is the tenant's name.</summary>
[Alias("tenant"), Version(1)]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Returns the state of the tenant's delivery.</summary>
    /// <exception cref="SessionUnavailableException">The state cannot be read now.</exception>
    [Alias("read")]
    Task<TenantDeliveryView> ReadAsync();

    /// <summary>
    /// Stops delivery on all silos until it is resumed. When it returns, the pause is durable and no silo starts another
    /// request. Requests in flight finish. Pausing a paused tenant changes nothing.
    /// </summary>
    /// <exception cref="SessionUnavailableException">Do not assume that it was done; retry the same call.</exception>
    [Alias("pause")]
    Task<TenantDeliveryView> PauseAsync(ActMessage act);

    /// <summary>
    /// Ends a person's pause, and a pause after signs of a wrong configuration. The next event is tried at once. For ten
    /// minutes, refusals are attributed to the events themselves, however many there are.
    /// </summary>
    /// <exception cref="SessionUnavailableException">Do not assume that it was done; retry the same call.</exception>
    [Alias("resume")]
    Task<TenantDeliveryView> ResumeAsync(ActMessage act);
}

/// <summary>
/// The current state of a tenant's delivery: the stored record, and the sum of what its silos report.
/// </summary>
[GenerateSerializer, Immutable, Alias("tenant-delivery")]
public sealed record TenantDeliveryView
{
    /// <summary>Who stopped delivery, when and why; null when nobody did.</summary>
    [Id(0)] public PersonAct? Pause { get; init; }

    [Id(1)] public TenantTrouble Trouble { get; init; }
    [Id(2)] public DateTimeOffset? TroubleSince { get; init; }
    [Id(3)] public int? TroubleStatus { get; init; }

    /// <summary>The time until which the upstream asked for no requests.</summary>
    [Id(4)] public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Whether the circuit is open on at least one silo.</summary>
    [Id(5)] public bool CircuitOpen { get; init; }

    /// <summary>Guests that wait for a permit, summed over the silos that reported recently.</summary>
    [Id(6)] public int Waiting { get; init; }

    /// <summary>Number of silos that reported recently.</summary>
    [Id(7)] public int Silos { get; init; }

    /// <summary>
    /// Requests that were sent and are not answered. After a pause, exactly those that may still arrive; otherwise the
    /// silos' recent reports.
    /// </summary>
    [Id(8)] public int InFlight { get; init; }

    /// <summary>While there is trouble: the time at which an event is tried next.</summary>
    [Id(9)] public DateTimeOffset? NextProbe { get; init; }

    /// <summary>While a circuit is open: the time at which an event is tried next.</summary>
    [Id(10)] public DateTimeOffset? CircuitUntil { get; init; }
}
