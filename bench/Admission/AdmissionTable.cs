using System.Globalization;

namespace GuestSessions.Bench.Admission;

/// <summary>The figures of all runs, as Markdown.</summary>
internal sealed class AdmissionTable(TextWriter to)
{
    /// <summary>Seconds from which on a run counts as settled; refusals count from its start.</summary>
    private const double Settled = 2;

    public void WriteModel(IEnumerable<(RecordedLoad Load, Tally Tally)> runs)
    {
        const double End = 6;
        to.WriteLine("# Laws for the number of requests in flight");
        to.WriteLine();
        to.WriteLine("Written by `bench/admission.sh`; see");
        to.WriteLine("[ADR 31](../../docs/adr/0031-requests-in-flight-follow-the-measured-rate.md).");
        to.WriteLine();
        to.WriteLine("## The model beside the recording, without a limit");
        WriteHead(["connections", "recorded, per s", "p50", "p99", "model, per s", "p50", "p99"]);
        foreach (var (load, tally) in runs)
        {
            WriteRow([
                $"{load.Connections}", Text($"{load.PerSecond:N0}"), Ms(load.P50), Ms(load.P99),
                Text($"{tally.PerSecond(Settled, End, static at => at.Acknowledged):N0}"),
                Ms(tally.AcknowledgedMs(0.5, Settled, End)), Ms(tally.AcknowledgedMs(0.99, Settled, End))]);
        }
    }

    public void Write(bool hasApiHost, double peak, IReadOnlyList<LawRuns> laws)
    {
        to.WriteLine();
        to.WriteLine(hasApiHost ? "## An API host before a silo" : "## All-in-one: refusals wait for the same threads");
        to.WriteLine();
        to.WriteLine(Text($"The peak is {peak:N0}/s, of 128 callers without a limit."));
        WriteCallers(laws);
        foreach (var scenario in ArrivalScenario.All.Where(static scenario => scenario is { Fault: null, TimesPeak: > 0 }))
            WriteOverload(scenario, peak, laws);
        WriteFaults(laws);
    }

    private void WriteCallers(IReadOnlyList<LawRuns> laws)
    {
        var scenarios = ArrivalScenario.All.Where(static scenario => scenario is { Fault: null, Callers: > 0 }).ToList();
        WriteHead(["refused callers (p99 of the accepted)", .. scenarios.Select(static scenario => scenario.Name)]);
        foreach (var law in laws)
            WriteRow([law.Law, .. scenarios.Select(scenario => Callers(scenario, law.Of(scenario)))]);
    }

    private void WriteOverload(ArrivalScenario scenario, double peak, IReadOnlyList<LawRuns> laws)
    {
        var end = scenario.Seconds;
        WriteHead([
            scenario.Name, "refused", "acknowledged, of the peak", "delivered", "accepted p50", "p99", "refusal p50", "p99",
            "oscillation"]);
        foreach (var law in laws)
        {
            var tally = law.Of(scenario);
            WriteRow([
                law.Law, Share(tally.RefusedShare(0, end)),
                Text($"{tally.PerSecond(Settled, end, static at => at.Acknowledged) / peak:P0}"),
                Text($"{tally.PerSecond(Settled, end, static at => at.Delivered) / peak:P0}"),
                Ms(tally.AcknowledgedMs(0.5, Settled, end)), Ms(tally.AcknowledgedMs(0.99, Settled, end)),
                Ms(tally.RefusedMs(0.5, 0, end)), Ms(tally.RefusedMs(0.99, 0, end)),
                Text($"{tally.Oscillation(Settled, end):P0}")]);
        }
    }

    private void WriteFaults(IReadOnlyList<LawRuns> laws)
    {
        var scenarios = ArrivalScenario.All.Where(static scenario => scenario.Fault is not null).ToList();
        WriteHead(["refused from the fault on; recovered after", .. scenarios.Select(static scenario => scenario.Name)]);
        foreach (var law in laws)
            WriteRow([law.Law, .. scenarios.Select(scenario => AfterFault(scenario, law.Of(scenario)))]);
    }

    private static string Callers(ArrivalScenario scenario, Tally tally)
    {
        var refused = Share(tally.RefusedShare(0, scenario.Seconds));
        return $"{refused} ({Ms(tally.AcknowledgedMs(0.99, Settled, scenario.Seconds))})";
    }

    private static string AfterFault(ArrivalScenario scenario, Tally tally)
    {
        const double At = ArrivalScenario.FaultAt;
        var before = tally.PerSecond(Settled, At, static at => at.Acknowledged);
        var recovery = tally.Recovery(scenario.Fault!.Ends, scenario.Seconds, before);
        var recovered = recovery is { } seconds ? Text($"{seconds:N1} s") : "never";
        return $"{Share(tally.RefusedShare(At, scenario.Seconds))}; {recovered}";
    }

    private void WriteHead(IReadOnlyList<string> cells)
    {
        to.WriteLine();
        WriteRow(cells);
        to.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---:|", cells.Count - 1))}");
    }

    private void WriteRow(IReadOnlyList<string> cells) => to.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Share(double share) => share switch
    {
        > 0 and < 0.001 => "< 0.1 %",
        > 0 and < 0.1 => Text($"{share:P1}"),
        _ => Text($"{share:P0}"),
    };

    private static string Ms(double milliseconds) => double.IsNaN(milliseconds) ? "–" : Text($"{milliseconds:N0} ms");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
