using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Contracts;

/// <summary>Who acts, and why. The silo adds the time.</summary>
/// <param name="By">The id of the credential.</param>
[GenerateSerializer, Immutable, Alias("act")]
public sealed record ActMessage([property: Id(0)] string By, [property: Id(1)] string? Reason)
{
    /// <summary>Returns the act with its time, by the clock of the state that it changes.</summary>
    public PersonAct At(DateTimeOffset now) => new(By, now, Reason);
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

/// <summary>Who stopped a guest's delivery, when and why.</summary>
[GenerateSerializer, Immutable, Alias("pause-view")]
public sealed record PauseView(
    [property: Id(0)] string By,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string? Reason)
{
    /// <summary>Requests in flight when the guest was paused, 0 or 1.</summary>
    [Id(3)] public int InFlight { get; init; }
}

/// <summary>What a person did to an event.</summary>
/// <param name="Act"><c>redriven</c>, <c>discarded</c>, <c>resolved_delivered</c> or <c>resolved_not_delivered</c>.</param>
/// <param name="Edit">The event object that replaced the previous one; empty when the event was not edited.</param>
/// <param name="SessionClosed">The event was redriven after its session had ended.</param>
[GenerateSerializer, Immutable, Alias("act-view")]
public sealed record ActView(
    [property: Id(0)] string Act,
    [property: Id(1)] string By,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string? Reason,
    [property: Id(4)] ReadOnlyMemory<byte> Edit,
    [property: Id(5)] bool SessionClosed);
