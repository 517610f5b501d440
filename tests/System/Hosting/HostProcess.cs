using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>
/// A real host in a process of its own, with a folder of its own, always at one address. It can be killed, stopped or
/// frozen, and started again over what it left.
/// </summary>
internal class HostProcess : IAsyncDisposable
{
    private const int LinesKept = 400;

    /// <summary>A host that is started again so often while it is waited for cannot start.</summary>
    private const int MostEnds = 10;

    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(5); // On a machine that many share.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(45);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sessions-");
    private readonly bool _supervised;
    private readonly NetworkPlace? _place;
    private readonly Lock _turn = new();
    private readonly Dictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(2) };
    private Process? _process;
    private long _written;

    /// <param name="binary">Of the host.</param>
    /// <param name="settings">Configuration keys below <c>Sessions</c>, parted by <c>:</c>.</param>
    /// <param name="supervised">Start it again when it ends by itself, as an orchestrator does.</param>
    /// <param name="place">The network it runs in, where that is not this machine's own.</param>
    public HostProcess(
        string binary, Dictionary<string, string> settings, bool supervised = false, NetworkPlace? place = null)
    {
        Binary = binary;
        _settings = settings;
        _supervised = supervised;
        _place = place;
        Address = new Uri($"http://{place?.Address ?? "127.0.0.1"}:{FreePort.Take()}");
    }

    public Uri Address { get; }

    /// <summary>What it runs; another one from its next life on.</summary>
    public string Binary { get; set; }

    /// <summary>The last lines it wrote, over all its lives.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Environment variables of its next life besides its configuration, like those of the runtime.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What its next life is told on its command line besides its address.</summary>
    public List<string> Arguments { get; } = [];

    /// <summary>The umask of its next life; null is that of the tests.</summary>
    public string? Umask { get; set; }

    /// <summary>Where it runs, and where its data lies.</summary>
    public string Folder => _folder.FullName;

    public int ProcessId => Running.Id;

    /// <summary>Characters it has written over all its lives.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Changes the configuration of its next life.</summary>
    public void Configure(string key, string value) => _settings[key] = value;

    /// <summary>What its next life finds in its environment besides.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>How often it ended by itself.</summary>
    public int Ends { get; private set; }

    public async Task StartAsync()
    {
        lock (_turn)
            Launch();
        await WaitUntilReadyAsync();
    }

    public async Task WaitUntilReadyAsync()
    {
        var ends = Ends;
        try
        {
            await Eventually.TrueAsync(
                async () => await IsReadyAsync() || Ends - ends > MostEnds, StartTime, "the host is ready");
        }
        catch (TimeoutException timeout)
        {
            throw new InvalidOperationException(Tell("The host did not become ready."), timeout);
        }

        if (Ends - ends > MostEnds)
            throw new InvalidOperationException(Tell("The host ends again and again."));
    }

    /// <summary>Whether it takes calls.</summary>
    public async Task<bool> IsReadyAsync()
    {
        if (!_supervised && _process is not { HasExited: false })
            throw new InvalidOperationException(Tell("The host ended while it started."));
        try
        {
            using var answer = await _probe.GetAsync(new Uri(Address, "/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL: it gets to do nothing more.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        var process = LetGo();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>SIGTERM, and its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var process = LetGo();
        await SignalAsync(process, "TERM");
        try
        {
            using var deadline = new CancellationTokenSource(StopTime);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException(Tell("The host did not stop."));
        }
    }

    /// <summary>SIGSTOP: it stands still, and knows nothing of it.</summary>
    public Task FreezeAsync() => SignalAsync(Running, "STOP");

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync() => SignalAsync(Running, "CONT");

    /// <summary>A message with what the silo said last.</summary>
    public string Tell(string message) => $"{message}\n{string.Join('\n', _output)}";

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _probe.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Launch()
    {
        var process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Exited += (_, _) => Ended(process);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
    }

    private void Ended(Process process)
    {
        lock (_turn)
        {
            if (!ReferenceEquals(process, _process))
                return; // Somebody ended it.
            Ends++;
            if (_supervised)
                Launch();
        }
    }

    /// <summary>From here on its end is no surprise.</summary>
    private Process LetGo()
    {
        lock (_turn)
        {
            var process = Running;
            _process = null;
            return process;
        }
    }

    private Process Running => _process ?? throw new InvalidOperationException("It does not run.");

    private static async Task SignalAsync(Process process, string signal)
    {
        var pid = process.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("kill", [$"-{signal}", pid]);
        await kill.WaitForExitAsync();
    }

    private ProcessStartInfo StartInfo()
    {
        // "ip" becomes the host, so that signals reach it.
        string[] command = ["dotnet", Binary, "--urls", Address.ToString(), .. Arguments];
        if (Umask is { } umask)
            command = ["sh", "-c", $"umask {umask}; exec \"$@\"", "sh", .. command];
        var start = _place is null
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("ip", ["netns", "exec", _place.Namespace, .. command]);
        start.WorkingDirectory = _folder.FullName;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in Environment)
            start.Environment[key] = value;
        foreach (var (key, value) in _settings)
            start.Environment[$"Sessions__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return start;
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        Interlocked.Add(ref _written, line.Length + 1);
        _output.Enqueue(line);
        while (_output.Count > LinesKept)
            _output.TryDequeue(out _);
    }
}
