using GuestSessions.Emulator.Arrivals;

namespace GuestSessions.Emulator.Http;

/// <summary>What the upstream decides about a request: its fate and the answer to give.</summary>
internal sealed record Answer(Fate Fate, int Status, object Body, string? Reason = null)
{
    public static Answer Ok(object body) => new(Fate.Served, StatusCodes.Status200OK, body);

    /// <summary>An error in the shape that the vendor's REST interfaces document.</summary>
    public static Answer Error(int status, string reason, string message) =>
        new(Fate.Refused, status, ErrorBody.Of(status, message), reason);
}

/// <summary>The success body of the Stream API.</summary>
internal sealed record Receipt(string Status, string Version, string ClientKey, string Ref)
{
    public string? CustomerRef { get; init; }

    /// <summary>The guest of a looked-up browser id.</summary>
    public CustomerReference? Customer { get; init; }
}

internal sealed record CustomerReference(string Ref);

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
    int EventsArrived,
    int EventsKept,
    long? LastEvent,
    IReadOnlyDictionary<string, int> Types);
