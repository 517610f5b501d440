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
        RecordRequest request, EventMessage message, DateTimeOffset? floor, TimeSpan settle, DateTimeOffset now) => new(
        request.Guest, message.EventId, new ContentHash(message.ContentHash), ToEvent(message), message.OccurredAt,
        message.ReceivedAt, floor, settle, request.TraceParent, now);

    public static RememberIdentifiers ToCommand(IdentifyRequest request, TenantOptions tenant, DateTimeOffset now) => new(
        request.Guest, ToIdentifiers(request.Identifiers), new Utf8Json(request.Profile), request.EventId,
        new CommonEventAttributes(
            request.Common.Channel, request.Common.Language, request.Common.Currency, request.Common.PointOfSale,
            request.Common.SessionTimeout),
        pointOfSale => DefaultsOf(tenant, pointOfSale),
        request.ReceivedAt, tenant.Delivery.Settle, request.TraceParent, now);

    public static RecordResult ToResult(RecordOutcome outcome) => outcome.Verdict switch
    {
        RecordVerdict.Accepted => new(RecordStatus.Accepted, outcome.Sequence),
        RecordVerdict.Duplicate => new(RecordStatus.Duplicate, outcome.Sequence),
        RecordVerdict.Rejected => new(RecordStatus.Rejected, Code: outcome.Code),
        RecordVerdict.Retry => new(RecordStatus.Retry, Code: outcome.Code, RetryAfter: BacklogRetry),
        _ => throw new UnreachableException($"No result for {outcome.Verdict}."),
    };

    private static EventDefaults DefaultsOf(TenantOptions tenant, string pointOfSale)
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
    };

    private static IReadOnlyList<Identifier> ToIdentifiers(IReadOnlyList<IdentifierMessage> messages) =>
        messages.Count == 0
            ? []
            : [.. messages.Select(static message => new Identifier(message.Provider, message.Id, message.ExpiryDate))];
}
