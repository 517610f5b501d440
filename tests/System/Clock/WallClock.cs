using System.Buffers.Binary;
using System.Diagnostics;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Clock;

/// <summary>The wall clock of a host's process, which a test sets; the machine's own stays as it is.</summary>
internal sealed class WallClock : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clock-");

    private WallClock()
    {
    }

    private string OffsetFile => Path.Combine(_folder.FullName, "offset");

    private string Library => Path.Combine(_folder.FullName, "set_clock.so");

    /// <summary>How far it is off.</summary>
    public TimeSpan Offset { get; private set; }

    public static async Task<WallClock> CompileAsync()
    {
        var clock = new WallClock();
        clock.Set(TimeSpan.Zero);
        var source = Path.Combine(AppContext.BaseDirectory, "Clock", "set_clock.c");
        using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-O2", "-o", clock.Library, source, "-ldl"]);
        await compiler.WaitForExitAsync();
        return compiler.ExitCode == 0
            ? clock
            : throw new InvalidOperationException("cc does not compile the clock.");
    }

    /// <summary>From its next life on the host has this clock.</summary>
    public void PreloadInto(HostProcess host)
    {
        host.Environment["LD_PRELOAD"] = Library;
        host.Environment["SET_CLOCK"] = OffsetFile;
    }

    public void Set(TimeSpan offset)
    {
        Offset = offset;
        var seconds = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(seconds, (long)offset.TotalSeconds);

        // In place: the process has the file mapped.
        using var file = new FileStream(OffsetFile, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(seconds);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
