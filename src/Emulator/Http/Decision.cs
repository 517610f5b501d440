using GuestSessions.Emulator.Guests;

namespace GuestSessions.Emulator.Http;

/// <summary>
/// What a personalization call is answered here: not an experience, but what a real one could have known.
/// </summary>
/// <param name="EventsArrived">Events of that browser that had arrived when the call did.</param>
/// <param name="EventsKept">Those of them that count.</param>
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
