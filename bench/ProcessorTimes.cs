using System.Globalization;

namespace GuestSessions.Bench;

/// <summary>Processor time of a server that works in many processes, from Linux's <c>/proc</c>.</summary>
internal static class ProcessorTimes
{
    /// <summary>Ticks of <c>/proc/PID/stat</c> in a second, as on every Linux.</summary>
    private const double TicksOfSecond = 100;

    /// <summary>Of its first process, the children that it has, and those that ended.</summary>
    public static TimeSpan OfServer(int first)
    {
        var ticks = Own(first) + Ended(first);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && Fields(process) is { } fields && fields[1] == first.ToString(CultureInfo.InvariantCulture))
                ticks += Own(process);
        }

        return TimeSpan.FromSeconds(ticks / TicksOfSecond);
    }

    /// <summary>How often the system put another thread in the place of one of this process's; of the threads that it still has.</summary>
    public static long SwitchesOf(int process)
    {
        var switches = 0L;
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            try
            {
                switches += File.ReadLines($"{thread}/status")
                    .Where(static line => line.Contains("ctxt_switches", StringComparison.Ordinal))
                    .Sum(static line => long.Parse(line[(line.IndexOf(':') + 1)..], CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // The thread has ended.
            }
        }

        return switches;
    }

    private static long Own(int process) => Sum(process, 11, 12);

    private static long Ended(int process) => Sum(process, 13, 14);

    private static long Sum(int process, int first, int second) => Fields(process) is { } fields
        ? long.Parse(fields[first], CultureInfo.InvariantCulture) + long.Parse(fields[second], CultureInfo.InvariantCulture)
        : 0;

    /// <summary>The fields behind the program's name; null when the process is gone.</summary>
    private static string[]? Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
