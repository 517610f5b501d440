using System.Text.Json;
using System.Text.RegularExpressions;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Telemetry;

/// <summary>Dashboards and alerts against a real Prometheus: what no run ever shows would show nothing to an operator either.</summary>
public sealed partial class MonitoringTests(MonitoredRun run) : IClassFixture<MonitoredRun>
{
    private static readonly string Rules = Path.Combine(Binaries.Root, "ops", "prometheus");

    public static TheoryData<string> Dashboards =>
        [.. Directory.GetFiles(Path.Combine(Binaries.Root, "ops", "grafana"), "*.json").Select(static file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Alerts => [.. MonitoredRun.AlertNames];

    [Theory]
    [MemberData(nameof(Dashboards))]
    public async Task Every_query_of_a_dashboard_finds_series(string dashboard)
    {
        using var document = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(Binaries.Root, "ops", "grafana", dashboard)));
        var queries = Queries(document.RootElement).Select(static query => Variable().Replace(query, Value)).ToList();

        Assert.NotEmpty(queries);
        List<string> empty = [];
        foreach (var query in queries)
        {
            if (!await run.Prometheus.FindsAsync(query))
                empty.Add(query);
        }

        Assert.Empty(empty);
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public async Task An_alert_fires_with_its_fault_and_ends_with_it(string name)
    {
        foreach (var metric in Metrics(name))
            Assert.True(await run.Prometheus.FindsAsync(metric), metric);
        if (!MonitoredRun.NotCaused.Contains(name))
            Assert.Contains(name, await run.Prometheus.FiredAsync());
        Assert.DoesNotContain(name, run.StillFiring);
    }

    [Fact]
    public async Task Promtool_accepts_the_alerts_and_lets_each_fire_and_end()
    {
        var check = await Prometheus.ToolAsync("check", "rules", Path.Combine(Rules, "alerts.yml"));
        var test = await Prometheus.ToolAsync("test", "rules", Path.Combine(Rules, "alerts.test.yml"));

        Assert.True(check.ExitCode == 0, check.Output);
        Assert.True(test.ExitCode == 0, test.Output);
        var tested = await File.ReadAllTextAsync(Path.Combine(Rules, "alerts.test.yml"));
        Assert.All(MonitoredRun.AlertNames, name => Assert.Matches($@"alertname: {name}\s+exp_alerts: \[\]", tested));
    }

    /// <summary>The expressions of all panels, and the series of all variables.</summary>
    private static IEnumerable<string> Queries(JsonElement dashboard)
    {
        foreach (var panel in dashboard.GetProperty("panels").EnumerateArray())
        {
            if (!panel.TryGetProperty("targets", out var targets))
                continue;
            foreach (var target in targets.EnumerateArray())
                yield return target.GetProperty("expr").GetString()!;
        }

        foreach (var variable in dashboard.GetProperty("templating").GetProperty("list").EnumerateArray())
        {
            if (variable.GetProperty("type").GetString() == "query")
                yield return LabelValues().Match(variable.GetProperty("query").GetProperty("query").GetString()!).Groups[1].Value;
        }
    }

    /// <summary>The metrics that an alert reads.</summary>
    private static IEnumerable<string> Metrics(string alert)
    {
        var rule = MonitoredRun.Alerts[MonitoredRun.Alerts.IndexOf($"alert: {alert}", StringComparison.Ordinal)..];
        var names = Metric().Matches(rule[..rule.IndexOf("labels:", StringComparison.Ordinal)]);
        Assert.NotEmpty(names);
        return names.Select(static name => name.Value);
    }

    private static string Value(Match variable) =>
        variable.Value is "$__rate_interval" or "$__interval" ? "10s" : ".*";

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"label_values\((.+), \w+\)")]
    private static partial Regex LabelValues();

    [GeneratedRegex(@"\b(?:sessions|http_server|orleans)_\w+|\bup\b")]
    private static partial Regex Metric();
}
