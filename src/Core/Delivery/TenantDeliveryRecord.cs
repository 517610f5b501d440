using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Delivery;

/// <summary>What a tenant's whole delivery suffers from, as opposed to a single event.</summary>
public enum TenantTrouble
{
    None,

    /// <summary>Credentials or base URL look wrong.</summary>
    Misconfigured,

    /// <summary>The upstream refuses most events.</summary>
    Refusals,
}

/// <summary>What is kept of a tenant's delivery over restarts. Times are absolute here, and only
/// here; a wait is kept with its length and its clock, so that it never gets longer.</summary>
public sealed record TenantDeliveryRecord
{
    /// <summary>A person's pause.</summary>
    public TenantPause? Pause { get; init; }

    /// <summary>Until when the upstream asked for quiet.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>How long that was when it was written.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>The clock that it is by.</summary>
    public StateClock? Clock { get; init; }

    /// <summary>How often a person has paused or resumed it.</summary>
    public long Turn { get; init; }

    public TenantTrouble Trouble { get; init; }

    /// <summary>Since when there is trouble.</summary>
    public DateTimeOffset? TroubleSince { get; init; }

    /// <summary>The HTTP status that showed the trouble.</summary>
    public int? TroubleStatus { get; init; }
}

/// <summary>A person stopped a tenant's delivery.</summary>
/// <param name="By">The id of the credential.</param>
/// <param name="Reason">In the person's words.</param>
/// <param name="At">When.</param>
public sealed record TenantPause(string By, string Reason, DateTimeOffset At);
