using GuestSessions.Core.Listing;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Operations;

/// <summary>Long work as it is stored after each step: enough to go on from there in another process.</summary>
public sealed record OperationRecord
{
    /// <summary>Letters and digits, unique over tenants.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>What it does: <see cref="BulkRedriveKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who asked for it, when and why.</summary>
    public required PersonAct Act { get; init; }

    /// <summary>Only events of this type.</summary>
    public string? Type { get; init; }

    /// <summary>Only events with this code.</summary>
    public string? Code { get; init; }

    /// <summary>How many events there are to do; null while they are being counted.</summary>
    public long? Total { get; init; }

    /// <summary>Events put back into their lines.</summary>
    public long Redriven { get; init; }

    /// <summary>Events that were no longer there, or whose line had no room.</summary>
    public long Skipped { get; init; }

    /// <summary>How far it has come; null at the start.</summary>
    public AsidePlace? Place { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public const string BulkRedriveKind = "bulk_redrive";
}
