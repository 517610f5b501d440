using GuestSessions.Core.Delivery;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// One request, its answer and their connection. Distinguishes a dead pooled connection from a dead upstream.
/// </summary>
/// <remarks>
/// It is the message itself: that costs one object less than a message with an exchange among its options, and the handler
/// hands the message to whoever opens a connection for it.
/// </remarks>
internal sealed class Exchange(HttpMethod method, Uri address) : HttpRequestMessage(method, address)
{
    private static readonly AsyncLocal<Exchange?> Ambient = new();

    private ConnectionUse? _written;
    private ConnectionUse? _left;
    private bool _opened;

    /// <summary>The exchange that the running code belongs to; null in a connection's own loops.</summary>
    public static Exchange? Current => Ambient.Value;

    /// <summary>A connection was opened because none was free, and this request waited for it.</summary>
    public static void Opened(HttpRequestMessage message)
    {
        if (message is Exchange exchange)
            exchange._opened = true;
    }

    /// <summary>Makes it the current one.</summary>
    public void Begin() => Ambient.Value = this;

    /// <summary>
    /// The body was handed over. A connection that is opened after that would be for a second try, which never happens.
    /// </summary>
    public void Leaves() => _left ??= _opened ? ConnectionUse.Fresh : ConnectionUse.Pooled;

    /// <summary>The exchange writes to a connection. Only the first call counts.</summary>
    public void Writes(ConnectionUse connection) => _written ??= connection;

    /// <summary>
    /// The connection that it used; null if nothing can have been sent. HTTP/2 requests share a connection's writer:
    /// the connection counts as fresh for the request that it was opened for.
    /// </summary>
    public ConnectionUse? Connection(bool mayHaveLeft) => _written ?? (mayHaveLeft ? _left : null);
}
