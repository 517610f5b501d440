using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Contracts;

/// <summary>Who acts, and why. The silo adds the time.</summary>
/// <param name="By">The id of the credential.</param>
/// <param name="Via">Through what the person acts, such as <c>console</c>; null for a call of the API.</param>
[GenerateSerializer, Immutable, Alias("act")]
public sealed record ActMessage(
    [property: Id(0)] string By, [property: Id(1)] string? Reason, [property: Id(2)] string? Via = null)
{
    /// <summary>Returns the act with its time, by the clock of the state that it changes.</summary>
    public PersonAct At(DateTimeOffset now) => new(By, now, Reason, Via);
}

/// <param name="Edit">The new, validated content of the event; null sends it unchanged.</param>
/// <param name="Base">The hash of the content that was edited; null without an edit.</param>
[GenerateSerializer, Immutable, Alias("redrive-request")]
public sealed record RedriveRequest(
    [property: Id(0)] string EventId,
    [property: Id(1)] StreamEvent? Edit,
    [property: Id(2)] ActMessage Act,
    [property: Id(3)] ContentHash? Base = null);

/// <param name="Event">The event after the act, or its current form when its state forbids the act.</param>
[GenerateSerializer, Immutable, Alias("act-answer")]
public sealed record ActAnswer([property: Id(0)] ActStatus Status, [property: Id(1)] EventDetail? Event = null);

[GenerateSerializer, Alias("act-status")]
public enum ActStatus
{
    Done,
    NotFound,
    WrongState,
    BacklogFull,
    TooManyIdentifiers,

    /// <summary>Another person edited the event in the meantime.</summary>
    Changed,

    /// <summary>The owner of the browser that the edit names changes too fast. Retry the same call.</summary>
    BrowserBusy,
}

/// <param name="Pause">Who stopped the guest's delivery first, when and why.</param>
/// <param name="InFlight">Requests in flight when the pause was committed, 0 or 1.</param>
[GenerateSerializer, Immutable, Alias("pause-answer")]
public sealed record PauseAnswer([property: Id(0)] PersonAct Pause, [property: Id(1)] int InFlight);
