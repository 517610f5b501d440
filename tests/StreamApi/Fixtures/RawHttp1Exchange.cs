using System.Net.Sockets;
using System.Text;

namespace GuestSessions.StreamApi.Tests.Fixtures;

internal sealed class RawHttp1Exchange(Socket socket, Action hung, CancellationToken stop) : IRawExchange
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    public async Task<string?> ReadRequestAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await _stream.ReadAsync(buffer, stop);
            if (read == 0)
                return null;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    public Task BeginAsync(int status, int length, params (string Name, string Value)[] headers) => WriteAsync(
        string.Join("\r\n",
            [
                $"HTTP/1.1 {status} Whatever",
                .. status == 204 ? [] : new[] { $"Content-Length: {length}" },
                .. headers.Select(header => $"{header.Name}: {header.Value}"),
                "\r\n",
            ]));

    public async Task WriteAsync(string part) =>
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(part), stop);

    public Task EndAsync() => Task.CompletedTask;

    public async Task HangAsync()
    {
        hung();
        while (await _stream.ReadAsync(new byte[1024], stop) > 0)
        {
            // Deaf, until the client goes.
        }
    }

    public void Reset() => socket.Close(0);

    public void Dispose() => _stream.Dispose();

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var length = text[..end].Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture))
            .SingleOrDefault();
        return text.Length >= end + 4 + length;
    }
}
