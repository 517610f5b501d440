using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Contracts;

/// <summary>Why an undelivered event does not move now. A closed set: the contract gives each its name and its sentence.</summary>
public enum WaitCode
{
    /// <summary>Its request is on its way.</summary>
    Sending,

    /// <summary>The silo that sent it is gone; its outcome may still come.</summary>
    TakingOver,

    /// <summary>A person paused the guest.</summary>
    Paused,

    /// <summary>A person paused the tenant.</summary>
    TenantPaused,

    /// <summary>An event was refused whose type makes the line wait.</summary>
    RefusedWaits,

    /// <summary>Too many events of the guest are set aside.</summary>
    SetAsideFull,

    /// <summary>Another guest had its browser and has yet to deliver that browser's events.</summary>
    AwaitingBrowser,

    /// <summary>It has not settled.</summary>
    Settle,

    /// <summary>An attempt failed, and the next one has its time.</summary>
    BackOff,

    /// <summary>The upstream has given the guest no browser id yet.</summary>
    BrowserId,

    /// <summary>Another event of the line goes first.</summary>
    EarlierEvent,

    /// <summary>The upstream answers as if credentials or base URL were wrong.</summary>
    UpstreamMisconfigured,

    /// <summary>The upstream refuses most guests' events.</summary>
    UpstreamRefuses,

    /// <summary>The upstream asked for quiet.</summary>
    RetryAfter,

    /// <summary>The upstream fails too often.</summary>
    CircuitOpen,

    /// <summary>The tenant's rate is used up for now.</summary>
    RateLimit,

    /// <summary>All slots are taken, or others are before it.</summary>
    Turn,

    /// <summary>The silo cannot reach the tenant's state.</summary>
    NoTerms,

    /// <summary>The silo is shutting down; another one goes on.</summary>
    ShuttingDown,
}

/// <summary>What an undelivered event, a line or a tenant waits for.</summary>
/// <param name="Until">When that ends by itself, where it is known.</param>
[GenerateSerializer, Immutable, Alias("wait")]
public sealed record WaitView(
    [property: Id(0)] WaitCode Code,
    [property: Id(1)] DateTimeOffset? Until = null)
{
    /// <summary>The upstream's status that is the cause.</summary>
    [Id(2)] public int? Status { get; init; }

    /// <summary>The sequence of the event that goes first.</summary>
    [Id(3)] public long? Behind { get; init; }

    /// <summary>What a tenant's whole delivery waits for; null when it goes on.</summary>
    public static WaitView? Of(TenantDeliveryView tenant) => tenant switch
    {
        { PausedBy: not null } => new WaitView(WaitCode.TenantPaused),
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
