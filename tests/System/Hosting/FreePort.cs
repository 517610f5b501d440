using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>
/// A loopback port that is free, and below those the system gives to outgoing connections, so that it is
/// still free when a killed process wants it back.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;

    public static string TakeText() => Take().ToString(CultureInfo.InvariantCulture);

    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's: try another.
            }
        }
    }
}
