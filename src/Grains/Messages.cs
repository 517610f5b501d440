using System.Diagnostics;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
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
        RecordRequest request, EventMessage message, DateTimeOffset? floor, TenantOptions tenant, DateTimeOffset now) => new(
        request.Guest, message.EventId, new ContentHash(message.ContentHash), ToEvent(message), message.OccurredAt,
        now, floor, tenant.Delivery.Settle, request.TraceParent, now)
        {
            Rules = tenant.Rules,
        };

    public static RecordEvent ToCommand(BrowserEvent request, TenantOptions tenant, DateTimeOffset now) => new(
        request.Guest, request.Event.EventId, new ContentHash(request.Event.ContentHash), ToEvent(request.Event),
        request.Event.OccurredAt, now, OrderFloor: null, tenant.Delivery.Settle,
        request.TraceParent, now, request.Quarantine)
    {
        FromPublicKey = true,
        Rules = tenant.Rules,
        IsLenient = true,
    };

    public static RememberIdentifiers ToCommand(IdentifyRequest request, TenantOptions tenant, DateTimeOffset now)
    {
        var common = new CommonEventAttributes(
            request.Common.Channel, request.Common.Language, request.Common.Currency, request.Common.PointOfSale,
            request.Common.SessionTimeout);
        return new RememberIdentifiers(
            request.Guest, ToIdentifiers(request.Identifiers), new Utf8Json(request.Profile), request.EventId, common,
            pointOfSale => DefaultsOf(tenant, pointOfSale), now, tenant.Delivery.Settle,
            request.TraceParent, now)
        {
            IdentityRules = tenant.Rules.IdentityRules,
            Warnings = ToWarnings(request.Warnings),
        };
    }

    public static RecordResult ToResult(RecordOutcome outcome) => outcome.Verdict switch
    {
        RecordVerdict.Accepted => new(RecordStatus.Accepted, outcome.Sequence, Found: ToMessages(outcome.Found)),
        RecordVerdict.Duplicate => new(RecordStatus.Duplicate, outcome.Sequence, Found: ToMessages(outcome.Found)),
        RecordVerdict.Rejected => new(
            RecordStatus.Rejected, Code: outcome.Code, Found: ToMessages(outcome.Found)),

        // A batch that forgets its own first ids can make a duplicate of before an event of now.
        RecordVerdict.NeedsBrowser => new(
            RecordStatus.Retry, Code: EventCodes.BrowserBusy, RetryAfter: BacklogRetry),
        RecordVerdict.Retry => new(RecordStatus.Retry, Code: outcome.Code, RetryAfter: BacklogRetry),
        _ => throw new UnreachableException($"No result for {outcome.Verdict}."),
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

    public static StreamEvent ToEvent(EventMessage message) => new()
    {
        Type = message.Type,
        Channel = message.Channel,
        PointOfSale = message.PointOfSale,
        Page = message.Page,
        BrowserId = message.BrowserId,
        Body = new Utf8Json(message.Body),
        Defaults = new Utf8Json(message.Defaults),
        Identifiers = ToIdentifiers(message.Identifiers),
        OrderReference = message.OrderReference,
        SessionTimeout = message.SessionTimeout,
        UserAgent = message.UserAgent,
        Address = message.Address,
        Warnings = ToWarnings(message.Warnings),
    };

    private static IReadOnlyList<ViolationMessage>? ToMessages(IReadOnlyList<Violation>? found) =>
        found is null or []
            ? null
            : [.. found.Select(static known => new ViolationMessage(known.Code, known.Path, known.Detail))];

    private static IReadOnlyList<EventWarning> ToWarnings(IReadOnlyList<WarningMessage> messages) =>
        messages.Count == 0 ? [] : [.. messages.Select(static message => new EventWarning(message.Code, message.Path))];

    private static IReadOnlyList<Identifier> ToIdentifiers(IReadOnlyList<IdentifierMessage> messages) =>
        messages.Count == 0
            ? []
            : [.. messages.Select(static message => new Identifier(message.Provider, message.Id, message.ExpiryDate))];
}
