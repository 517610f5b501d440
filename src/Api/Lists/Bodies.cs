using System.Text.Json.Serialization;
using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;

namespace GuestSessions.Api.Lists;

/// <summary>A quarantined or in-doubt event.</summary>
/// <param name="Code">Why it is set aside; null where its type forbids a blind resend.</param>
/// <param name="At">When it was set aside.</param>
public sealed record AsideBody(
    string Guest, string EventId, long Sequence, string Type, string? Code, DateTimeOffset At)
{
    /// <summary>What was doubtful about it as it came.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }
}

/// <summary>A guest with undelivered events.</summary>
/// <param name="OldestPendingAt">When the head of its line was received.</param>
/// <param name="Block">
/// Why nothing of it moves, by the code of <c>waiting</c>; null while its next event is on its way.
/// </param>
/// <param name="Hot">It has a hundred and more.</param>
public sealed record BacklogBody(
    string Guest, int Undelivered, DateTimeOffset? OldestPendingAt, string? Block, bool Hot)
{
    /// <summary>The reason in words, and what ends it; null when everything was delivered meanwhile.</summary>
    public required WaitBody? Waiting { get; init; }
}

/// <summary>What a person did.</summary>
/// <param name="By">The id of the credential.</param>
/// <param name="Guest">Null for an act on the tenant.</param>
/// <param name="EventId">The event; null for an act on the guest or the tenant.</param>
/// <param name="Sequence">The event's place.</param>
public sealed record AuditBody(
    DateTimeOffset At, string By, string Act, string? Reason, string? Guest, string? EventId, long? Sequence);

/// <summary>How delivery is doing, over all guests of the tenant.</summary>
/// <param name="WaitingGuests">Guests with undelivered events.</param>
/// <param name="HotGuests">Those with a hundred and more.</param>
/// <param name="Quarantined">Events that were refused for good.</param>
/// <param name="InDoubt">Events that may or may not have arrived.</param>
/// <param name="OldestPendingAt">
/// When the head that waits longest was received, of the guests that were counted; null when nothing waits.
/// </param>
/// <param name="OldestPendingAge">The same in seconds.</param>
/// <param name="Delivery">What holds the whole tenant up: a person's pause, trouble, a Retry-After, an open circuit.</param>
public sealed record DeliveryHealthBody(
    CountBody WaitingGuests,
    CountBody HotGuests,
    CountBody Quarantined,
    CountBody InDoubt,
    DateTimeOffset? OldestPendingAt,
    double? OldestPendingAge,
    TenantDeliveryBody Delivery);

/// <param name="Count">Up to 10,000.</param>
/// <param name="More">There are more than that.</param>
public sealed record CountBody(int Count, bool More);
