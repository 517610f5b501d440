namespace GuestSessions.Client;

/// <summary>Why the client gave an event up.</summary>
public enum DropReason
{
    /// <summary>The buffer was full, and <see cref="FullBuffer.Drop"/> is set.</summary>
    BufferFull,

    /// <summary>The service rejected the event.</summary>
    Rejected,

    /// <summary>The service refused the request of this event alone, because it is too large.</summary>
    Refused,

    /// <summary>The client stopped before the event had an answer.</summary>
    Stopped,

    /// <summary>The time of the call was over.</summary>
    TimedOut,
}

/// <summary>Buffered events that were given up since the call before.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">Number of events since the call before.</param>
/// <param name="Total">Number of events for this reason since the start of the client.</param>
public sealed record DroppedEvents(DropReason Reason, long Count, long Total);

/// <summary>What became of the buffer when the client stopped.</summary>
/// <param name="Stored">Number of events that became durable after the stop.</param>
/// <param name="Dropped">Number of events that were rejected or refused after the stop.</param>
/// <param name="Left">Events without an answer at the deadline, each guest's in their order.</param>
public sealed record DrainReport(long Stored, long Dropped, IReadOnlyList<LeftEvent> Left);

/// <summary>An event that the client left. Keep it and send it again as it is, if it must not be lost.</summary>
/// <param name="Guest">Its guest.</param>
/// <param name="EventId">Its id.</param>
/// <param name="Envelope">Its line of NDJSON for <c>POST /v1/events</c>, without the end of line.</param>
/// <param name="WasSent">It was sent at least once and may be durable.</param>
public sealed record LeftEvent(string Guest, string EventId, ReadOnlyMemory<byte> Envelope, bool WasSent);
