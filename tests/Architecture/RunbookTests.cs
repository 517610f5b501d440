using System.Text.RegularExpressions;

namespace GuestSessions.Architecture.Tests;

/// <summary>Alerts, their runbooks and the metrics belong together.</summary>
public sealed partial class RunbookTests
{
    private static readonly string Alerts = File.ReadAllText(Path.Combine(Repository.Root, "ops", "prometheus", "alerts.yml"));

    public static TheoryData<string> Names => [.. AlertName().Matches(Alerts).Select(static alert => alert.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_alert_has_a_runbook_that_says_what_it_means_and_what_to_do(string name)
    {
        Assert.Contains($"runbook_url: docs/runbooks/{name}.md", Alerts, StringComparison.Ordinal);
        var runbook = File.ReadAllText(Path.Combine(Repository.Root, "docs", "runbooks", $"{name}.md"));
        Assert.Equal(
            ["# " + name, "## Meaning", "## Impact", "## Diagnosis", "## Mitigation"],
            runbook.Split('\n').Where(static line => line.StartsWith('#')));
        Assert.Contains($"({name}.md)", ReadRunbook("README"), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_runbook_without_its_alert() => Assert.Equal(
        Names.Select(static row => row.Data).Append("README").Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(Repository.Root, "docs", "runbooks"))
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void Alerts_and_runbooks_name_only_metrics_that_there_are()
    {
        var known = File.ReadLines(Path.Combine(Repository.Root, "tests", "System", "Telemetry", "metrics.txt"))
            .Select(static line => line.Split(' ')[0])
            .Concat(["sessions_activations_broken_total", "sessions_commit_failures_total"]).ToHashSet();
        var named = Names.Select(static row => ReadRunbook(row.Data)).Append(Alerts)
            .SelectMany(static text => Metric().Matches(text))
            .Select(static metric => Suffix().Replace(metric.Value, "")).Distinct();

        Assert.All(named, metric => Assert.Contains(metric, known));
    }

    private static string ReadRunbook(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "runbooks", $"{name}.md"));

    [GeneratedRegex(@"alert: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"\bsessions_\w*\w")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(?<=_seconds)_(bucket|count|sum)$")]
    private static partial Regex Suffix();
}
