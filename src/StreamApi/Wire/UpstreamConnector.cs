using System.Net;
using System.Net.Sockets;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// Opens connections to an upstream, and only to addresses that are allowed. It resolves the name itself and connects to
/// the very address it checked, each time: a name that means another address a moment later gains nothing.
/// </summary>
/// <param name="allowPrivate">Every address is allowed.</param>
/// <param name="resolve">Finds the addresses of a name; null asks the system.</param>
internal sealed class UpstreamConnector(
    bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <exception cref="AddressNotAllowedException">The name has addresses, and none is allowed.</exception>
    /// <exception cref="SocketException">It has none, or nobody listens.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        IPAddress[] found = IPAddress.TryParse(target.Host, out var literal)
            ? [literal]
            : await _resolve(target.Host, cancellation);
        var allowed = allowPrivate ? found : [.. found.Where(PublicAddress.Is)];
        if (allowed.Length == 0)
        {
            throw found.Length == 0
                ? new SocketException((int)SocketError.HostNotFound)
                : new AddressNotAllowedException(target.Host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The upstream's name means an address that is not public. Never leaves this assembly.</summary>
internal sealed class AddressNotAllowedException(string host) : Exception($"{host} has no public address.");
