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
