using System.Net;
using System.Net.Sockets;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// Opens connections to an upstream, only to allowed addresses. Each time, it resolves the name itself and connects
/// to the address that it checked, so that a name cannot resolve to another address between the check and the connection.
/// </summary>
/// <param name="allowPrivate">Whether every address is allowed.</param>
/// <param name="resolve">Resolves a name; null uses the system's resolver.</param>
internal sealed class UpstreamConnector(
    bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <exception cref="AddressNotAllowedException">The name has addresses, and none is allowed.</exception>
    /// <exception cref="SocketException">The name has no addresses, or no server listens.</exception>
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

/// <summary>The upstream's name resolves to no public address. Never leaves this assembly.</summary>
internal sealed class AddressNotAllowedException(string host) : Exception($"{host} has no public address.");
