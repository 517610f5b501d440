using System.Net;
using System.Net.Sockets;

namespace GuestSessions.Storage.Tests.Postgres;

/// <summary>
/// The network between a store and its server. It can fail as networks fail: the store's connection breaks, while the server
/// notices nothing and works on.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _stores = [];
    private readonly List<TcpClient> _servers = [];
    private readonly int _server;
    private readonly Task _accepting;
    private volatile bool _holdsAnswers;

    public Wire(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on drops the answers of the server on open connections.</summary>
    public void HoldAnswers() => _holdsAnswers = true;

    /// <summary>Breaks the store's end of every connection. New connections work.</summary>
    public void Lose()
    {
        lock (_stores)
        {
            _stores.ForEach(store => store.Dispose());
            _stores.Clear();
        }

        _holdsAnswers = false;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Lose();
        _servers.ForEach(server => server.Dispose());
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient store;
            try
            {
                store = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                return;
            }

            var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _server);
            lock (_stores)
            {
                _stores.Add(store);
                _servers.Add(server);
            }

            _ = PumpAsync(store, server, () => false);
            _ = PumpAsync(server, store, () => _holdsAnswers);
        }
    }

    /// <summary>Copies bytes until one end is closed. The other end stays as it is.</summary>
    private static async Task PumpAsync(TcpClient from, TcpClient to, Func<bool> isHeld)
    {
        var buffer = new byte[8192];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is var read and > 0)
            {
                if (!isHeld())
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception failure)
            when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One end is closed.
        }
    }
}
