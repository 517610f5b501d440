using System.Text.Json;

namespace GuestSessions.Emulator.Arrivals;

/// <summary>
/// The arrival log as JSON lines: an open arrival before it is processed, then the same number again with its fate.
/// Each line is handed to the operating system before the request continues, so it survives a crash of the process.
/// </summary>
internal sealed class ArrivalFile(string path) : IDisposable
{
    private readonly FileStream _file = new(
        path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Append(Arrival arrival)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(arrival, EmulatorJson.Options);
        _file.Write([.. json, (byte)'\n']);
    }

    public void Dispose() => _file.Dispose();
}
