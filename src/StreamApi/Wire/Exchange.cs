using GuestSessions.Core.Delivery;

namespace GuestSessions.StreamApi.Wire;

/// <summary>One request and its answer, and the connection they went over: what tells a dead pooled connection from a dead upstream.</summary>
internal sealed class Exchange
{
    private static readonly HttpRequestOptionsKey<Exchange> Key = new("sessions.exchange");
    private static readonly AsyncLocal<Exchange?> Ambient = new();

    private ConnectionUse? _written;
    private ConnectionUse? _left;
    private bool _opened;

    private Exchange()
    {
    }

    /// <summary>The one that the running code belongs to; null on a connection's own loops.</summary>
    public static Exchange? Current => Ambient.Value;

    /// <summary>Begins one; from here on it is the current one.</summary>
    public static Exchange Begin(HttpRequestMessage message)
    {
        var exchange = new Exchange();
        message.Options.Set(Key, exchange);
        Ambient.Value = exchange;
        return exchange;
    }

    /// <summary>A connection was opened for want of a free one, with this request waiting for it.</summary>
    public static void Opened(HttpRequestMessage message)
    {
        if (message.Options.TryGetValue(Key, out var exchange))
            exchange._opened = true;
    }

    /// <summary>Its body is handed over. A connection opened after that is for a second try, which there is not.</summary>
    public void Leaves() => _left ??= _opened ? ConnectionUse.Fresh : ConnectionUse.Pooled;

    /// <summary>It writes to a connection; the first one decides.</summary>
    public void Writes(ConnectionUse connection) => _written ??= connection;

    /// <summary>
    /// Which connection it went over; null when nothing can have left. Requests of HTTP/2 share a connection's writer: there
    /// it is fresh for the one that had it opened.
    /// </summary>
    public ConnectionUse? Connection(bool mayHaveLeft) => _written ?? (mayHaveLeft ? _left : null);
}
