using System.Globalization;
using System.Text;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>Medians over the rounds, the service beside the baseline, and the machine they were taken on.</summary>
internal sealed class Report(BenchmarkSettings settings)
{
    private readonly List<(Scenario Scenario, string Contender, Measure Measure)> _measures = [];
    private readonly List<TimeSpan> _syncs = [];
    private readonly List<double> _loads = [];

    public void Note(TimeSpan sync, double loadAverage)
    {
        _syncs.Add(sync);
        _loads.Add(loadAverage);
    }

    public void Add(Scenario scenario, Contender contender, Measure measure) =>
        _measures.Add((scenario, contender.Name, measure));

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Line(text, $"# Single POST on SQLite, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {settings.Commit}");
        Line(text, $"");
        Line(text, $"- Machine: {Machine.Describe()}; load, sink and contender share it.");
        Line(text, $"- A 4 KB append on disk after {_syncs.Select(static sync => sync.TotalMicroseconds).Median():N0} µs; load average before a round {_loads.Min():N1} to {_loads.Max():N1}, median {_loads.Median():N1}.");
        Line(text, $"- Load: {settings.Connections} connections, closed loop, {settings.Guests:N0} guests; {settings.Rounds} rounds of {settings.Seconds} s after {settings.WarmUp} s, contenders in turn; medians.");
        Line(text, $"");
        Line(text, $"| scenario | contender | acked/s | delivered/s | ack p50 ms | ack p99 ms | CPU µs an event | cores | RSS MB | ready s |");
        Line(text, $"|---|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var group in _measures.GroupBy(static measure => (measure.Scenario.Name, measure.Contender)))
        {
            List<Measure> all = [.. group.Select(static measure => measure.Measure)];
            string[] cells =
            [
                group.Key.Name,
                group.Key.Contender,
                Figure(all, "N0", static m => m.Load.PerSecond),
                Figure(all, "N0", static m => m.DeliveredPerSecond),
                Figure(all, "N1", static m => m.Load.P50Ms),
                Figure(all, "N1", static m => m.Load.P99Ms),
                Figure(all, "N0", static m => m.MicrosecondsPerEvent),
                Figure(all, "N2", static m => m.Cores),
                Figure(all, "N0", static m => m.ResidentBytes >> 20),
                Figure(all, "N1", static m => m.ReadyAfter.TotalSeconds),
            ];
            Line(text, $"| {string.Join(" | ", cells)} |");
        }

        Line(text, $"");
        Line(text, $"| scenario | target | acked, × the baseline | delivered, × the baseline |");
        Line(text, $"|---|---|---:|---:|");
        foreach (var scenario in _measures.GroupBy(static measure => measure.Scenario))
            Line(text, $"| {scenario.Key.Name} | {scenario.Key.Target} | {Ratio(scenario, m => m.Load.PerSecond)} | {Ratio(scenario, m => m.DeliveredPerSecond)} |");
        return text.ToString();
    }

    private static string Ratio(
        IEnumerable<(Scenario Scenario, string Contender, Measure Measure)> rounds, Func<Measure, double> figure)
    {
        double[] medians = [.. rounds.GroupBy(static round => round.Contender)
            .Select(contender => contender.Select(round => figure(round.Measure)).Median())];
        return medians[1] > 0 ? (medians[0] / medians[1]).ToString("N1", CultureInfo.InvariantCulture) : "–";
    }

    private static string Figure(List<Measure> rounds, string format, Func<Measure, double> figure) =>
        rounds.Select(figure).Median().ToString(format, CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
