using System.Diagnostics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Grains.Contracts;

/// <summary>The names that the API and the metrics use for values of the grains.</summary>
public static class Names
{
    public static string Of(ConnectionUse connection) => connection switch
    {
        ConnectionUse.Fresh => "fresh",
        ConnectionUse.Pooled => "pooled",
        _ => throw new UnreachableException($"No name for {connection}."),
    };

    public static string Of(WaitCode code) => code switch
    {
        WaitCode.Sending => StepNames.Sending,
        WaitCode.TakingOver => StepNames.TakingOver,
        WaitCode.Paused => StepNames.Paused,
        WaitCode.TenantPaused => "tenant_paused",
        WaitCode.RefusedWaits => StepNames.RefusedWaits,
        WaitCode.SetAsideFull => StepNames.SetAsideFull,
        WaitCode.AwaitingBrowser => StepNames.AwaitingBrowser,
        WaitCode.Settle => "settle",
        WaitCode.BackOff => "back_off",
        WaitCode.BrowserId => "browser_id",
        WaitCode.EarlierEvent => "earlier_event",
        WaitCode.UpstreamMisconfigured => "upstream_misconfigured",
        WaitCode.UpstreamRefuses => "upstream_refuses",
        WaitCode.RetryAfter => "retry_after",
        WaitCode.CircuitOpen => "circuit_open",
        WaitCode.RateLimit => "rate_limit",
        WaitCode.Turn => "turn",
        WaitCode.NoTerms => "no_terms",
        WaitCode.ShuttingDown => "shutting_down",
        _ => throw new UnreachableException($"No name for {code}."),
    };

    public static string Of(ActKind kind) => kind switch
    {
        ActKind.Redriven => ActNames.Redriven,
        ActKind.Discarded => ActNames.Discarded,
        ActKind.ResolvedDelivered => ActNames.ResolvedDelivered,
        ActKind.ResolvedNotDelivered => ActNames.ResolvedNotDelivered,
        ActKind.Blanked => ActNames.EventBlanked,
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
