using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GuestSessions.Bench;

/// <summary>A process of the benchmark's own, in a folder of its own, ended with it.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process, int port, TimeSpan readyAfter)
    {
        _process = process;
        Port = port;
        ReadyAfter = readyAfter;
    }

    public int Port { get; }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan ReadyAfter { get; }

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>See <see cref="ProcessorTimes.SwitchesOf"/>.</summary>
    public long Switches => ProcessorTimes.SwitchesOf(_process.Id);

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public static Task<ChildProcess> StartAsync(
        int port,
        string probe,
        string folder,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment) =>
        StartAsync(port, probe, folder, ["dotnet", .. arguments], environment);

    /// <summary>Starts it on this core alone, so that its runtime counts one: set later, it would not hold all threads.</summary>
    public static Task<ChildProcess> StartOnAsync(
        int core,
        int port,
        string probe,
        string folder,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment) =>
        StartAsync(port, probe, folder, ["taskset", "--cpu-list", $"{core}", "dotnet", .. arguments], environment);

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<ChildProcess> StartAsync(
        int port, string probe, string folder, string[] command, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        await AnswersAsync(process, new Uri($"http://127.0.0.1:{port}{probe}"));
        return new ChildProcess(process, port, clock.Elapsed);
    }

    private static async Task AnswersAsync(Process process, Uri probe)
    {
        using var client = new HttpClient();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; tries < 1_500 && !process.HasExited; tries++)
        {
            try
            {
                if ((await client.GetAsync(probe)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await timer.WaitForNextTickAsync();
        }

        throw new InvalidOperationException($"Nothing answers at {probe}.");
    }
}
