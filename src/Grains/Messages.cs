using System.Diagnostics;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains;

/// <summary>Between grain messages and the core's commands.</summary>
internal static class Messages
{
    /// <summary>When it is worth trying an event again that found its guest's backlog full.</summary>
    private static readonly TimeSpan BacklogRetry = TimeSpan.FromSeconds(2);

    public static RecordEvent ToCommand(
        RecordRequest request, EventToRecord message, DateTimeOffset? floor, TenantOptions tenant, DateTimeOffset now) => new(
        request.Guest, message.EventId, message.Hash, message.Content, message.OccurredAt,
        now, floor, tenant.Delivery.Settle, request.TraceParent, now)
        {
            Rules = tenant.Rules,
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

        // A batch that forgets its own first ids can make a duplicate of before an event of now.
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
