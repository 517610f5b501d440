using GuestSessions.Core.Delivery;

namespace GuestSessions.StreamApi.Wire;

/// <summary>Everything that was observed of one attempt, before it is classified.</summary>
internal sealed record WireObservation(WireEnd End)
{
    /// <summary>The request may have reached the upstream.</summary>
    public bool MayHaveLeft { get; init; }

    /// <summary>The HTTP status, if <see cref="End"/> is <see cref="WireEnd.Answered"/>.</summary>
    public int Status { get; init; }

    public Answer Answer { get; init; } = Answer.None;

    /// <summary>What the upstream asked for, already capped.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The connection that it used; null if nothing can have been sent.</summary>
    public ConnectionUse? Connection { get; init; }
}

/// <summary>How an attempt ended on the connection.</summary>
internal enum WireEnd
{
    /// <summary>A status line came; the body may still be truncated.</summary>
    Answered,

    /// <summary>Its validity expired before the first byte.</summary>
    Expired,

    /// <summary>The breaker blocked the request.</summary>
    CircuitOpen,

    /// <summary>The caller cancelled it.</summary>
    Cancelled,

    /// <summary>The time for connection and answer expired.</summary>
    TimedOut,

    NameNotResolved,

    /// <summary>The upstream's name resolves to private addresses only, and the tenant does not allow those.</summary>
    AddressNotAllowed,

    NotConnected,
    TlsFailed,

    /// <summary>HTTP/2 REFUSED_STREAM: the peer promises that it did not process the request.</summary>
    StreamRefused,

    /// <summary>The connection broke, or the peer did not speak HTTP.</summary>
    ConnectionLost,
}
