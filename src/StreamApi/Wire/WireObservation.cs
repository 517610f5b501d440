using GuestSessions.Core.Delivery;

namespace GuestSessions.StreamApi.Wire;

/// <summary>Everything that was seen of one attempt, before anybody says what it means.</summary>
internal sealed record WireObservation(WireEnd End)
{
    /// <summary>The request may have reached the upstream.</summary>
    public bool MayHaveLeft { get; init; }

    /// <summary>The HTTP status, where <see cref="End"/> is <see cref="WireEnd.Answered"/>.</summary>
    public int Status { get; init; }

    public Answer Answer { get; init; } = Answer.None;

    /// <summary>What the upstream asked for, already capped.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>The connection it went over; null when nothing can have left.</summary>
    public ConnectionUse? Connection { get; init; }
}

/// <summary>How an attempt ended on the wire.</summary>
internal enum WireEnd
{
    /// <summary>A status line came; the body may still be cut.</summary>
    Answered,

    /// <summary>Its validity ran out before the first byte.</summary>
    Expired,

    /// <summary>The breaker let no request through.</summary>
    CircuitOpen,

    /// <summary>The caller gave up.</summary>
    Cancelled,

    /// <summary>The time for connection and answer ran out.</summary>
    TimedOut,

    NameNotResolved,

    /// <summary>The upstream's name means a private address, and the tenant does not allow those.</summary>
    AddressNotAllowed,

    NotConnected,
    TlsFailed,

    /// <summary>HTTP/2 REFUSED_STREAM: the peer promises that it did not process the request.</summary>
    StreamRefused,

    /// <summary>The connection broke, or spoke something that is not HTTP.</summary>
    ConnectionLost,
}
