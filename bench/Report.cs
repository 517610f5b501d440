using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace GuestSessions.Bench;

/// <summary>Medians over the rounds, the service beside the baseline, and the machine they were taken on.</summary>
internal sealed class Report(BenchmarkSettings settings)
{
    private readonly List<(string Scenario, string Contender, Measure Measure)> _measures = [];

    public void Add(Scenario scenario, Contender contender, Measure measure) =>
        _measures.Add((scenario.Name, contender.Name, measure));

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Machine: {Machine()}");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"Load: {settings.Connections} connections, closed loop, {settings.Guests:N0} guests, {settings.Rounds} rounds of {settings.Seconds} s in turn; medians.");
        text.AppendLine();
        text.AppendLine("| scenario | contender | acked/s | delivered/s | ack p50 ms | ack p99 ms | cores | RSS MB | ready s |");
        text.AppendLine("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var group in _measures.GroupBy(static measure => (measure.Scenario, measure.Contender)))
        {
            var all = group.Select(static measure => measure.Measure).ToList();
            text.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"| {group.Key.Scenario} | {group.Key.Contender} | {Median(all, m => m.Load.PerSecond):N0} | {Median(all, m => m.DeliveredPerSecond):N0} | {Median(all, m => m.Load.MedianMs):N1} | {Median(all, m => m.Load.WorstMs):N1} | {Median(all, m => m.Cores):N2} | {Median(all, m => m.ResidentBytes >> 20):N0} | {Median(all, m => m.ReadyAfter.TotalSeconds):N1} |"));
        }

        foreach (var scenario in _measures.GroupBy(static measure => measure.Scenario))
        {
            var byContender = scenario.GroupBy(static measure => measure.Contender)
                .Select(group => Median([.. group.Select(static m => m.Measure)], m => m.Load.PerSecond)).ToList();
            text.AppendLine();
            text.Append(CultureInfo.InvariantCulture, $"{scenario.Key}: {byContender[0] / byContender[1]:N1} × the baseline.");
        }

        return text.AppendLine().ToString();
    }

    private static double Median(List<Measure> measures, Func<Measure, double> figure)
    {
        var sorted = measures.Select(figure).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        return $"{model?.Split(':')[1].Trim() ?? "unknown processor"}, {Environment.ProcessorCount} cores, {memory} GB, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; load, sink and contender share it.";
    }
}
