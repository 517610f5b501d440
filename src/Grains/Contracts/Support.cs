using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Contracts;

/// <summary>Who acts, and why; the silo adds when.</summary>
/// <param name="By">The id of the credential.</param>
[GenerateSerializer, Immutable, Alias("act")]
public sealed record ActMessage([property: Id(0)] string By, [property: Id(1)] string? Reason)
{
    /// <summary>The act, with when it was made by the clock of the state that it changes.</summary>
    public PersonAct At(DateTimeOffset now) => new(By, now, Reason);
}

/// <param name="Edit">What the event shall be, checked; null sends it as it is.</param>
/// <param name="Base">The hash of the content that the edit was made from; null without an edit.</param>
[GenerateSerializer, Immutable, Alias("redrive-request")]
public sealed record RedriveRequest(
    [property: Id(0)] string EventId,
    [property: Id(1)] StreamEvent? Edit,
    [property: Id(2)] ActMessage Act,
    [property: Id(3)] ContentHash? Base = null);

/// <param name="Event">The event after the act, or as it stands where its state forbids the act.</param>
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

    /// <summary>Somebody else edited the event since the edit was made.</summary>
    Changed,

    /// <summary>The owner of the browser that the edit names changes too fast; the same can come again.</summary>
    BrowserBusy,
}

/// <summary>Who stopped a guest's delivery, when and why.</summary>
[GenerateSerializer, Immutable, Alias("pause-view")]
public sealed record PauseView(
    [property: Id(0)] string By,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string? Reason)
{
    /// <summary>When the guest was paused: requests that had left and are not answered, 0 or 1.</summary>
    [Id(3)] public int InFlight { get; init; }
}

/// <summary>What a person did to an event.</summary>
/// <param name="Act"><c>redriven</c>, <c>discarded</c>, <c>resolved_delivered</c> or <c>resolved_not_delivered</c>.</param>
/// <param name="Edit">The event object that took the place of the one before; empty when it stayed.</param>
/// <param name="SessionClosed">It was redriven after its session was over.</param>
[GenerateSerializer, Immutable, Alias("act-view")]
public sealed record ActView(
    [property: Id(0)] string Act,
    [property: Id(1)] string By,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string? Reason,
    [property: Id(4)] ReadOnlyMemory<byte> Edit,
    [property: Id(5)] bool SessionClosed);
