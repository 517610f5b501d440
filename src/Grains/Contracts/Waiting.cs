using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// Why an undelivered event does not move now. A closed set: the contract gives each code a name and a sentence.
/// </summary>
public enum WaitCode
{
    /// <summary>The event's request is in flight.</summary>
    Sending,

    /// <summary>The silo that sent the event is gone. Its outcome may still arrive.</summary>
    TakingOver,

    /// <summary>A person paused the guest.</summary>
    Paused,

    /// <summary>A person paused the tenant.</summary>
    TenantPaused,

    /// <summary>The upstream refused an event whose type makes the line wait.</summary>
    RefusedWaits,

    /// <summary>Too many events of the guest are set aside.</summary>
    SetAsideFull,

    /// <summary>Another guest owned the event's browser and has not delivered that browser's events yet.</summary>
    AwaitingBrowser,

    /// <summary>The event's settle time has not ended.</summary>
    Settle,

    /// <summary>An attempt failed, and the next one is scheduled.</summary>
    BackOff,

    /// <summary>The upstream has given the guest no browser id yet.</summary>
    BrowserId,

    /// <summary>Another event of the line is sent first.</summary>
    EarlierEvent,

    /// <summary>The upstream's answers indicate wrong credentials or a wrong base URL.</summary>
    UpstreamMisconfigured,

    /// <summary>The upstream refuses most guests' events.</summary>
    UpstreamRefuses,

    /// <summary>The upstream asked for no requests until a certain time.</summary>
    RetryAfter,

    /// <summary>The upstream fails too often.</summary>
    CircuitOpen,

    /// <summary>The tenant's rate is exhausted.</summary>
    RateLimit,

    /// <summary>All permits are in use, or other guests are first.</summary>
    Turn,

    /// <summary>The silo cannot reach the tenant's state.</summary>
    NoTerms,

    /// <summary>The silo is shutting down. Another silo continues.</summary>
    ShuttingDown,
}

/// <summary>What an undelivered event, a line or a tenant waits for.</summary>
/// <param name="Until">When the wait ends by itself; null when that is unknown.</param>
[GenerateSerializer, Immutable, Alias("wait")]
public sealed record WaitView(
    [property: Id(0)] WaitCode Code,
    [property: Id(1)] DateTimeOffset? Until = null)
{
    /// <summary>The upstream's status that caused the wait.</summary>
    [Id(2)] public int? Status { get; init; }

    /// <summary>The sequence of the event that is sent first.</summary>
    [Id(3)] public long? Behind { get; init; }

    /// <summary>What a tenant's whole delivery waits for; null when it is not stopped.</summary>
    public static WaitView? Of(TenantDeliveryView tenant) => tenant switch
    {
        { Pause: not null } => new WaitView(WaitCode.TenantPaused),
        { Trouble: not TenantTrouble.None } => new WaitView(CodeOf(tenant.Trouble), tenant.NextProbe)
        {
            Status = tenant.TroubleStatus,
        },
        { HeldUntil: { } until } => new WaitView(WaitCode.RetryAfter, until),
        { CircuitOpen: true } => new WaitView(WaitCode.CircuitOpen, tenant.CircuitUntil),
        _ => null,
    };

    internal static WaitCode CodeOf(TenantTrouble trouble) => trouble == TenantTrouble.Misconfigured
        ? WaitCode.UpstreamMisconfigured
        : WaitCode.UpstreamRefuses;
}
