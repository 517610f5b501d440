using System.Diagnostics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions.Carts;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains;

/// <summary>How the contract, the metrics and the traces write states and outcomes.</summary>
internal static class Names
{
    public static string Of(EventState state) => state switch
    {
        EventState.Pending => "pending",
        EventState.Sending => "sending",
        EventState.Delivered => "delivered",
        EventState.Quarantined => "quarantined",
        EventState.InDoubt => "in_doubt",
        EventState.Discarded => "discarded",
        EventState.Superseded => "superseded",
        _ => throw new UnreachableException($"No name for {state}."),
    };

    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => "delivered",
        AttemptOutcome.NotApplied => "not_applied",
        AttemptOutcome.Unsent => "unsent",
        AttemptOutcome.Refused => "refused",
        AttemptOutcome.Misconfigured => "misconfigured",
        AttemptOutcome.InDoubt => "in_doubt",
        _ => throw new UnreachableException($"No name for {outcome}."),
    };

    public static string Of(ConnectionUse connection) => connection switch
    {
        ConnectionUse.Fresh => "fresh",
        ConnectionUse.Pooled => "pooled",
        _ => throw new UnreachableException($"No name for {connection}."),
    };

    public static string Of(ActKind kind) => kind switch
    {
        ActKind.Redriven => "redriven",
        ActKind.Discarded => "discarded",
        ActKind.ResolvedDelivered => "resolved_delivered",
        ActKind.ResolvedNotDelivered => "resolved_not_delivered",
        _ => throw new UnreachableException($"No name for {kind}."),
    };

    public static string Of(CartType type) => type switch
    {
        CartType.Browsed => "BROWSED",
        CartType.Abandoned => "ABANDONED",
        CartType.Converted => "CONVERTED",
        _ => throw new UnreachableException($"No name for {type}."),
    };

    public static string Of(RecordStatus status) => status switch
    {
        RecordStatus.Accepted => "accepted",
        RecordStatus.Duplicate => "duplicate",
        RecordStatus.Rejected => "rejected",
        RecordStatus.Retry => "retry",
        _ => throw new UnreachableException($"No name for {status}."),
    };
}
