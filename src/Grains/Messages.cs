using System.Diagnostics;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains;

/// <summary>Converts between grain messages and the core's commands and results.</summary>
internal static class Messages
{
    /// <summary>How long a caller waits before it retries an event whose guest's backlog was full.</summary>
    private static readonly TimeSpan BacklogRetry = TimeSpan.FromSeconds(2);

    public static RecordEvent ToCommand(
        RecordRequest request, EventToRecord message, DateTimeOffset? floor, TenantOptions tenant, DateTimeOffset now,
        bool isTrial = false) => new(
        request.Guest, message.EventId, message.Hash, message.Content, message.OccurredAt,
        now, floor, tenant.Delivery.Settle, request.TraceParent, now)
        {
            Rules = tenant.Rules,
            IsTrial = isTrial,
        };

    public static RecordEvent ToCommand(BrowserEvent request, TenantOptions tenant, DateTimeOffset now) => new(
        request.Guest, request.Event.EventId, request.Event.Hash, request.Event.Content,
        request.Event.OccurredAt, now, OrderFloor: null, tenant.Delivery.Settle,
        request.TraceParent, now, request.Quarantine)
    {
        FromPublicKey = true,
        Rules = tenant.Rules,
        IsLenient = true,
    };

    public static RememberIdentifiers ToCommand(IdentifyRequest request, TenantOptions tenant, DateTimeOffset now) => new(
        request.Guest, request.Identifiers, request.Profile, request.EventId, request.Common,
        pointOfSale => DefaultsOf(tenant, pointOfSale), now, tenant.Delivery.Settle,
        request.TraceParent, now)
    {
        IdentityRules = tenant.Rules.IdentityRules,
        Warnings = request.Warnings,
    };

    public static RecordResult ToResult(RecordOutcome outcome) => outcome.Decision switch
    {
        RecordDecision.Accepted => new(RecordStatus.Accepted, outcome.Sequence, Found: Some(outcome.Found)),
        RecordDecision.Duplicate => new(RecordStatus.Duplicate, outcome.Sequence, Found: Some(outcome.Found)),
        RecordDecision.Rejected => new(
            RecordStatus.Rejected, Code: outcome.Code, Found: Some(outcome.Found)),

        // A batch can push its own first ids out of the deduplication window, so that a former duplicate counts as new.
        RecordDecision.NeedsBrowser => new(
            RecordStatus.Retry, Code: EventCodes.BrowserBusy, RetryAfter: BacklogRetry),
        RecordDecision.Retry => new(RecordStatus.Retry, Code: outcome.Code, RetryAfter: BacklogRetry),
        _ => throw new UnreachableException($"No result for {outcome.Decision}."),
    };

    public static EventDefaults DefaultsOf(TenantOptions tenant, string pointOfSale)
    {
        var own = tenant.PointsOfSale.Find(known => known.Name == pointOfSale)?.Defaults;
        return new EventDefaults
        {
            Language = own?.Language ?? tenant.Defaults.Language,
            Currency = own?.Currency ?? tenant.Defaults.Currency,
        };
    }

    private static IReadOnlyList<Violation>? Some(IReadOnlyList<Violation>? found) => found is [] ? null : found;
}
