using System.Diagnostics;
using System.Text.Json.Serialization;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Support;
using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Delivery;

/// <summary>Why a person pauses or resumes delivery.</summary>
/// <param name="Reason">1 to 500 characters, kept with the act.</param>
public sealed record DeliveryActBody(string Reason);

/// <summary>The current state of a tenant's delivery, with the names of the contract. The reason of a pause is masked.</summary>
public sealed record TenantDeliveryBody
{
    /// <summary>A person's pause, or null.</summary>
    public required PauseBody? Pause { get; init; }

    /// <summary><c>none</c>, <c>misconfigured</c> or <c>refusals</c>: why only one event a minute is tried.</summary>
    public required string Trouble { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? TroubleSince { get; init; }

    /// <summary>The upstream's status that showed the trouble.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TroubleStatus { get; init; }

    /// <summary>Until when the upstream asked not to be called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The upstream fails so often that delivery waits for some seconds.</summary>
    public required bool CircuitOpen { get; init; }

    /// <summary>Guests that wait to send.</summary>
    public required int Waiting { get; init; }

    /// <summary>Why none of the tenant's events is delivered; null when nothing holds all of them.</summary>
    public required WaitBody? Reason { get; init; }

    /// <summary>
    /// Requests that were sent and are not answered yet. In the answer to a pause, these may still arrive, and nothing else
    /// is sent until delivery is resumed; elsewhere it is the number that the silos reported last.
    /// </summary>
    public required int InFlight { get; init; }

    internal static TenantDeliveryBody Of(TenantDeliveryView view) => new()
    {
        Pause = view.Pause is { } pause ? GuestBodies.From(pause) : null,
        Trouble = view.Trouble switch
        {
            TenantTrouble.None => "none",
            TenantTrouble.Misconfigured => "misconfigured",
            TenantTrouble.Refusals => "refusals",
            _ => throw new UnreachableException($"No name for {view.Trouble}."),
        },
        TroubleSince = view.TroubleSince,
        TroubleStatus = view.TroubleStatus,
        HeldUntil = view.HeldUntil,
        CircuitOpen = view.CircuitOpen,
        Waiting = view.Waiting,
        Reason = WaitBody.Of(WaitView.Of(view)),
        InFlight = view.InFlight,
    };
}
