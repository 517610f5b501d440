using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>
/// The real all-in-one in a process of its own, over SQLite in a folder of its own, always at one address.
/// It can be killed or stopped, and started again over what it left.
/// </summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private const int LinesKept = 400;

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(45);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sessions-");
    private readonly Dictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(2) };
    private Process? _process;

    /// <param name="upstream">The Stream API of the tenant <c>demo</c>.</param>
    /// <param name="settings">Configuration keys below <c>Sessions</c>, parted by <c>:</c>.</param>
    public SiloProcess(Uri upstream, params (string Key, string Value)[] settings)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        Dictionary<string, string> all = new()
        {
            ["Emulator:Enabled"] = "false",
            ["Tenants:demo:StreamApi:BaseUrl"] = upstream.ToString(),
            // A takeover waits for the sum of these: short, so that many kills fit into one test.
            ["Delivery:StartValidity"] = "00:00:01",
            ["Delivery:ConnectTimeout"] = "00:00:01",
            ["Delivery:ResponseTimeout"] = "00:00:04",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        _settings = all;
    }

    public Uri Address { get; }

    /// <summary>The last lines it wrote, over all its lives.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Changes the configuration of its next life.</summary>
    public void Configure(string key, string value) => _settings[key] = value;

    public async Task StartAsync()
    {
        var process = new Process { StartInfo = StartInfo() };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        try
        {
            await Eventually.TrueAsync(IsReadyAsync, StartTime, "the silo is ready");
        }
        catch (TimeoutException timeout)
        {
            throw new InvalidOperationException(Tell("The silo did not become ready."), timeout);
        }
    }

    /// <summary>SIGKILL: it gets to do nothing more.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>SIGTERM, and its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var process = _process ?? throw new InvalidOperationException("It does not run.");
        _process = null;
        var pid = process.Id.ToString(CultureInfo.InvariantCulture);
        using (var kill = Process.Start("kill", ["-TERM", pid]))
            await kill.WaitForExitAsync();
        try
        {
            using var deadline = new CancellationTokenSource(StopTime);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException(Tell("The silo did not stop."));
        }
    }

    /// <summary>A message with what the silo said last.</summary>
    public string Tell(string message) => $"{message}\n{string.Join('\n', _output)}";

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _probe.Dispose();
        _folder.Delete(recursive: true);
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo("dotnet", [SiloBinary.Path, "--urls", Address.ToString()])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in _settings)
            start.Environment[$"Sessions__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        return start;
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process is not { HasExited: false })
            throw new InvalidOperationException(Tell("The silo ended while it started."));
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

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        while (_output.Count > LinesKept)
            _output.TryDequeue(out _);
    }
}
