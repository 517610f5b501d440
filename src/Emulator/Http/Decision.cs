using GuestSessions.Emulator.Guests;

namespace GuestSessions.Emulator.Http;

/// <summary>
/// The answer to a personalization call: not an experience, but what a real decision could have known.
/// </summary>
/// <param name="EventsArrived">Events of that browser that had arrived before the call.</param>
/// <param name="EventsKept">Those of them that were kept.</param>
/// <param name="LastEvent">The arrival number of the last one kept; absent when there is none.</param>
internal sealed record Decision(
    string Status,
    string? FriendlyId,
    string BrowserId,
    string CustomerRef,
    GuestType GuestType,
    int EventsArrived,
    int EventsKept,
    long? LastEvent,
    IReadOnlyDictionary<string, int> Types);
