using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Delivery;

/// <summary>A problem of a tenant's whole delivery, not of a single event.</summary>
public enum TenantTrouble
{
    None,

    /// <summary>Credentials or base URL look wrong.</summary>
    Misconfigured,

    /// <summary>The upstream refuses most events.</summary>
    Refusals,
}

/// <summary>
/// The part of a tenant's delivery state that survives restarts. Times are absolute here, and only here. A wait is
/// stored with its length and its clock, so that it never gets longer.
/// </summary>
public sealed record TenantDeliveryRecord
{
    /// <summary>A person's pause.</summary>
    public PersonAct? Pause { get; init; }

    /// <summary>The end of the wait that the upstream asked for.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The length of that wait when it was written.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>The clock that these times refer to.</summary>
    public StateClock? Clock { get; init; }

    /// <summary>How often a person has paused or resumed delivery.</summary>
    public long Turn { get; init; }

    public TenantTrouble Trouble { get; init; }

    /// <summary>Since when there is trouble.</summary>
    public DateTimeOffset? TroubleSince { get; init; }

    /// <summary>The HTTP status that showed the trouble.</summary>
    public int? TroubleStatus { get; init; }
}
