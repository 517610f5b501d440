using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>A request over HTTP/1.1 as its bytes are sent, one part after the other.</summary>
public sealed class RawCall : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client = new() { ReceiveBufferSize = 16 * 1024 };
    private StreamReader? _answer;

    public static async Task<RawCall> OpenAsync(Uri to)
    {
        var call = new RawCall();
        await call._client.ConnectAsync(to.Host, to.Port);
        call._answer = new StreamReader(call._client.GetStream());
        return call;
    }

    /// <summary>Sends a head, and of its body what is given.</summary>
    public static async Task<RawCall> PostAsync(Uri to, string path, int length, string body = "", string? key = "demo-admin")
    {
        var call = await OpenAsync(to);
        await call.SendAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\n"
            + (key is null ? "" : $"Authorization: Bearer {key}\r\n")
            + $"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}");
        return call;
    }

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>The status of the answer; 0 when the connection ended without one.</summary>
    public async Task<int> StatusAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var line = await _answer!.ReadLineAsync(deadline.Token);
            return line is null ? 0 : int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>The rest of the answer, after its status, until the connection ends in one way or the other.</summary>
    public async Task<string> RestAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var rest = new StringBuilder();
        var buffer = new char[4096];
        try
        {
            while (await _answer!.ReadAsync(buffer, deadline.Token) is > 0 and var read)
                rest.Append(buffer, 0, read);
        }
        catch (IOException)
        {
            // A reset: what came before it was the answer.
        }

        return rest.ToString();
    }

    /// <summary>Leaves, with a reset or as a program does that ends.</summary>
    public void Leave(bool reset)
    {
        _client.LingerState = new LingerOption(reset, 0);
        _client.Close();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
