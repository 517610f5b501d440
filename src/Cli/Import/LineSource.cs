using System.Text;

namespace GuestSessions.Cli.Import;

/// <summary>Reads lines, and says how many bytes they took.</summary>
/// <param name="stream">At the beginning of a line.</param>
internal sealed class LineSource(Stream stream)
{
    private readonly byte[] _block = new byte[1 << 16];
    private int _at;
    private int _end;

    /// <returns>Null at the end; otherwise the line without its end, and the bytes with it.</returns>
    public async Task<(string Text, int Bytes)?> ReadAsync(CancellationToken end)
    {
        using var line = new MemoryStream();
        while (true)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, await stream.ReadAsync(_block, end));
                if (_end == 0)
                    return line.Length == 0 ? null : (Text(line), (int)line.Length);
            }

            var found = Array.IndexOf(_block, (byte)'\n', _at, _end - _at);
            var until = found < 0 ? _end : found + 1;
            line.Write(_block, _at, until - _at);
            _at = until;
            if (found >= 0)
                return (Text(line), (int)line.Length);
        }
    }

    private static string Text(MemoryStream line) =>
        Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\n', '\r').TrimStart('\uFEFF');
}
