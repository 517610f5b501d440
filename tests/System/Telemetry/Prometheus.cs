using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Telemetry;

/// <summary>A real Prometheus that reads one host every second, evaluates rules every second, and answers queries.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private const string Program = "prometheus";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prometheus-");
    private readonly Process _process;
    private readonly Task<string> _log;
    private readonly HttpClient _http;
    private readonly DateTimeOffset _started = TimeProvider.System.GetUtcNow();

    private Prometheus(Uri target, string rules)
    {
        var address = $"127.0.0.1:{FreePort.Take()}";
        _http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        File.WriteAllText(Path.Combine(_folder.FullName, "rules.yml"), rules);
        var settings = Path.Combine(_folder.FullName, "prometheus.yml");
        File.WriteAllText(settings, $$"""
            global: {scrape_interval: 1s, scrape_timeout: 900ms, evaluation_interval: 1s}
            rule_files: [rules.yml]
            scrape_configs:
              - job_name: sessions
                static_configs: [{targets: ["{{target.Authority}}"]}]
            """);
        var start = new ProcessStartInfo(Program,
            [$"--config.file={settings}", $"--storage.tsdb.path={_folder.FullName}/data", $"--web.listen-address={address}"])
        {
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        _process = Process.Start(start)!;
        _log = _process.StandardError.ReadToEndAsync();
    }

    /// <param name="target">The host whose <c>/metrics</c> it reads, as the job <c>sessions</c>.</param>
    /// <param name="rules">The alerts, in YAML.</param>
    public static async Task<Prometheus> StartAsync(Uri target, string rules)
    {
        var prometheus = new Prometheus(target, rules);
        await Eventually.TrueAsync(prometheus.IsReadyAsync, StartTime, "Prometheus is ready");
        return prometheus;
    }

    /// <summary>Runs <c>promtool</c> and gives back how it ended and what it said.</summary>
    public static async Task<(int ExitCode, string Output)> ToolAsync(params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("promtool", args) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var tool = Process.Start(start)!;
        var errors = tool.StandardError.ReadToEndAsync();
        var output = await tool.StandardOutput.ReadToEndAsync() + await errors;
        await tool.WaitForExitAsync();
        return (tool.ExitCode, output);
    }

    /// <summary>The names of the alerts that fire now.</summary>
    public async Task<IReadOnlyCollection<string>> FiringAsync()
    {
        var answer = await ReadAsync("/api/v1/query?query=" + Uri.EscapeDataString("ALERTS{alertstate=\"firing\"}"));
        return Names(answer);
    }

    /// <summary>The names of the alerts that have fired since the start.</summary>
    public async Task<IReadOnlyCollection<string>> FiredAsync() => Names(await RangeAsync("ALERTS{alertstate=\"firing\"}"));

    /// <summary>Whether a query found a series with a number at any second since the start.</summary>
    public async Task<bool> FindsAsync(string query) => (await RangeAsync(query)).EnumerateArray().Any(static series =>
        series.GetProperty("values").EnumerateArray().Any(static value => double.IsFinite(
            double.Parse(value[1].GetString()!.Replace("Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture))));

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"Prometheus ended: {await _log}");
        try
        {
            using var answer = await _http.GetAsync(new Uri("/-/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Task<JsonElement> RangeAsync(string query) => ReadAsync(string.Create(CultureInfo.InvariantCulture,
        $"/api/v1/query_range?step=1&start={_started.ToUnixTimeSeconds()}&end={TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}&query={Uri.EscapeDataString(query)}"));

    private async Task<JsonElement> ReadAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        var root = document.RootElement;
        return root.GetProperty("status").GetString() == "success"
            ? root.GetProperty("data").GetProperty("result").Clone()
            : throw new InvalidOperationException($"Prometheus refuses {Uri.UnescapeDataString(path)}: {root}");
    }

    private static HashSet<string> Names(JsonElement series) =>
        [.. series.EnumerateArray().Select(static one => one.GetProperty("metric").GetProperty("alertname").GetString()!)];
}
