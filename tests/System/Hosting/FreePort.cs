using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>
/// A loopback port that is free, and below those the system gives to outgoing connections, so that it is
/// still free when a killed process wants it back. It stays the taker's until the tests end.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int MostTries = 1_000;

    /// <summary>
    /// Files that this process holds: a port is taken some time before its host listens, and meanwhile another test, also one
    /// of another process, would find it free.
    /// </summary>
    private static readonly ConcurrentBag<FileStream> Taken = [];

    static FreePort() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (var file in Taken)
            file.Dispose(); // Which deletes it.
    };

    public static string TakeText() => Take().ToString(CultureInfo.InvariantCulture);

    public static int Take()
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                Taken.Add(new FileStream(
                    Path.Combine(Path.GetTempPath(), $"guest-sessions-port-{port}"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                    FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose));
                return port;
            }
            catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException)
            {
                // Somebody else's: try another.
            }
        }

        throw new InvalidOperationException(
            $"None of {MostTries} ports from {First} to {Last} could be taken. Is there space for files in {Path.GetTempPath()}?");
    }
}
