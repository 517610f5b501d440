using GuestSessions.Core.Delivery;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>A tenant's delivery as people see and stop it. The grain key is the tenant's name.</summary>
[Alias("tenant"), Version(1)]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>The state of the tenant's delivery.</summary>
    /// <exception cref="SessionUnavailableException">It cannot be read now.</exception>
    [Alias("read")]
    Task<TenantDeliveryView> ReadAsync();

    /// <summary>
    /// Stops delivery on all silos until it is resumed. When it returns, the pause is durable and no silo sends anything but
    /// what is in flight already, which is finished. Pausing what is paused changes nothing.
    /// </summary>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as done; the same call can be repeated.</exception>
    [Alias("pause")]
    Task<TenantDeliveryView> PauseAsync(TenantAct act);

    /// <summary>
    /// Ends a person's pause, and a pause after signs of a wrong configuration: the next event is tried at once, and for ten
    /// minutes refusals are taken as the events' own, however many.
    /// </summary>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as done; the same call can be repeated.</exception>
    [Alias("resume")]
    Task<TenantDeliveryView> ResumeAsync(TenantAct act);
}

/// <param name="By">Who: the id of the credential.</param>
/// <param name="Reason">Why, in the person's words.</param>
[GenerateSerializer, Immutable, Alias("tenant-act")]
public sealed record TenantAct([property: Id(0)] string By, [property: Id(1)] string Reason);

/// <summary>A tenant's delivery as it stands.</summary>
[GenerateSerializer, Immutable, Alias("tenant-delivery")]
public sealed record TenantDeliveryView
{
    [Id(0)] public string? PausedBy { get; init; }
    [Id(1)] public string? PauseReason { get; init; }
    [Id(2)] public DateTimeOffset? PausedAt { get; init; }

    [Id(3)] public TenantTrouble Trouble { get; init; }
    [Id(4)] public DateTimeOffset? TroubleSince { get; init; }
    [Id(5)] public int? TroubleStatus { get; init; }

    /// <summary>Until when the upstream asked for quiet.</summary>
    [Id(6)] public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The circuit is open on a silo.</summary>
    [Id(7)] public bool CircuitOpen { get; init; }

    /// <summary>Guests that wait for a permit, over the silos that reported lately.</summary>
    [Id(8)] public int Waiting { get; init; }

    /// <summary>Silos that reported lately.</summary>
    [Id(9)] public int Silos { get; init; }

    /// <summary>
    /// Requests that have left and are not answered: after a pause, exactly those that may still arrive; else as the silos
    /// reported lately.
    /// </summary>
    [Id(10)] public int InFlight { get; init; }

    /// <summary>While there is trouble: when an event is tried next.</summary>
    [Id(11)] public DateTimeOffset? NextProbe { get; init; }

    /// <summary>While a circuit is open: when an event is tried next.</summary>
    [Id(12)] public DateTimeOffset? CircuitUntil { get; init; }
}
