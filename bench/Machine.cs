using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GuestSessions.Bench;

/// <summary>What the figures were taken on.</summary>
internal static class Machine
{
    private const int Syncs = 200;

    /// <summary>All there are, also where this process may use fewer.</summary>
    public static int Cores => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").Count(static line => line.StartsWith("processor", StringComparison.Ordinal))
        : Environment.ProcessorCount;

    public static string Describe()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        return $"{model?.Split(':')[1].Trim() ?? "unknown processor"}, {Environment.ProcessorCount} cores, {memory} GB, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
    }

    /// <summary>Processes that wanted a core over the last minute; who else was busy shows here.</summary>
    public static double LoadAverage() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : double.NaN;

    /// <summary>The median time to append 4 KB to a file and have it on disk, as a commit does.</summary>
    public static TimeSpan Sync(string folder)
    {
        var block = new byte[4096];
        var times = new TimeSpan[Syncs];
        using var file = File.OpenHandle(
            Path.Combine(folder, "sync"), FileMode.Create, FileAccess.Write, options: FileOptions.DeleteOnClose);
        for (var i = 0; i < Syncs; i++)
        {
            var started = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, block, (long)i * block.Length);
            RandomAccess.FlushToDisk(file);
            times[i] = Stopwatch.GetElapsedTime(started);
        }

        Array.Sort(times);
        return times[Syncs / 2];
    }
}
