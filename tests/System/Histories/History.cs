namespace GuestSessions.SystemTests.Histories;

/// <summary>Everything that was seen from outside of one run.</summary>
internal sealed record History
{
    public required IReadOnlyList<Recording> Recordings { get; init; }
    public required IReadOnlyList<Sighting> Sightings { get; init; }

    /// <summary>The final timeline of each guest, all pages.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<TimelineEvent>> Timelines { get; init; }

    /// <summary>In their order.</summary>
    public required IReadOnlyList<UpstreamArrival> Arrivals { get; init; }

    /// <summary>Requests that were in flight at the faults, at most, added up.</summary>
    public required int InFlightAtFaults { get; init; }
}

/// <summary>What one call said about one event.</summary>
/// <param name="Mark">The event's content, unique over the run: what it can be known by upstream.</param>
/// <param name="Invoked">When the call began, by the clients' common clock of ticks.</param>
/// <param name="Ended">When its answer was there, or it was given up.</param>
internal sealed record Recording(
    string Guest,
    string EventId,
    string Mark,
    long Invoked,
    long Ended,
    EventStatus EventStatus,
    long? Sequence = null)
{
    public bool IsAcknowledged => EventStatus is EventStatus.Accepted or EventStatus.Duplicate;
}

internal enum EventStatus
{
    Accepted,
    Duplicate,
    Rejected,

    /// <summary>The service said that nothing was stored.</summary>
    Retry,

    /// <summary>No answer came: stored or not.</summary>
    Unknown,
}

/// <summary>What one read said about how far a guest has come.</summary>
internal sealed record Sighting(string Guest, long Invoked, long Ended, long LastSequence);

/// <summary>An event as the service tells it.</summary>
/// <param name="Attempts">Starts that were made durable.</param>
/// <param name="Redriven">A person put it back into the line: it arrives out of its guest's order.</param>
/// <param name="Resolved">It is called delivered because a person says so.</param>
internal sealed record TimelineEvent(
    long Sequence, string EventId, string State, bool PossiblyDuplicate = false, int Attempts = 1,
    bool Redriven = false, bool Resolved = false)
{
    public bool IsTerminal =>
        State is "delivered" or "quarantined" or "in_doubt" or "discarded" or "superseded";

    public bool IsInDoubt => PossiblyDuplicate || State == "in_doubt";
}

/// <summary>An event as the upstream got it.</summary>
/// <param name="Mark">What it is known by.</param>
/// <param name="Status">Of the answer; null when there was none.</param>
/// <param name="At">By the upstream's clock.</param>
internal sealed record UpstreamArrival(string Mark, int? Status = 201, DateTimeOffset At = default)
{
    public string? BrowserId { get; init; }

    /// <summary>Whether the upstream may have applied it, as far as its client can know.</summary>
    public bool MayCount => Status is not (429 or 503);

    /// <summary>The upstream said that it was wrong: it had no effect.</summary>
    public bool IsRefused => Status is >= 400 and < 500 and not 408;
}
