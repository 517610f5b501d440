using System.Globalization;

namespace GuestSessions.Bench.Admission;

/// <summary>
/// Compares laws for the number of requests in flight, in simulated time, with the same arrivals and recorded service times.
/// The same seed gives the same figures on each machine.
/// </summary>
internal static class AdmissionSimulation
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(250);

    private static readonly (string Name, Func<TimeProvider, ILaw> Create)[] Laws =
    [
        ("constant 256", static time => new ConstantLaw(time, 256)),
        ("256 and 63 ms, as before", static time => new FormerLaw(time)),
        ("gradient", static time => new GradientLaw(time)),
        ("Little alone", static time => new LittleLaw(time, Tolerated)),
        ("CoDel on the wait", static time => new DelayLaw(time)),
        ("Little once late", static time => new LateLittleLaw(time, Tolerated)),
        ("Little once late, and short", static time => new ServiceLaw(time, Tolerated)),
    ];

    /// <param name="recording">The file of recorded service times.</param>
    /// <param name="table">The Markdown file to write.</param>
    /// <param name="picture">The SVG file to write.</param>
    public static void Run(string recording, string table, string picture)
    {
        var recorded = Recording.Read(recording);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var tables = new AdmissionTable(text);
        tables.WriteModel(recorded.Loads.Select(load => (load, Unlimited(recorded, load.Connections))));
        foreach (var hasApiHost in (bool[])[false, true])
        {
            var alone = Unlimited(recorded, callers: 128, hasApiHost);
            var peak = Math.Min(
                alone.PerSecond(2, 6, static at => at.Acknowledged), alone.PerSecond(2, 6, static at => at.Delivered));
            List<LawRuns> laws = [.. Laws.Select(law => new LawRuns(law.Name, ArrivalScenario.All.ToDictionary(
                static scenario => scenario,
                scenario => SimulatedRun.Of(scenario, law.Create, recorded, peak, hasApiHost))))];
            tables.Write(hasApiHost, peak, laws);
            if (!hasApiHost)
                File.WriteAllText(picture, AdmissionPicture.Draw(laws));
        }

        File.WriteAllText(table, text.ToString());
        Console.Write(text);
    }

    private static Tally Unlimited(Recording recording, int callers, bool hasApiHost = false) => SimulatedRun.Of(
        new ArrivalScenario("", callers, Seconds: 6), static time => new ConstantLaw(time, 100_000), recording, 0, hasApiHost);
}

/// <summary>All scenarios under one law.</summary>
internal sealed record LawRuns(string Law, IReadOnlyDictionary<ArrivalScenario, Tally> Runs)
{
    public Tally Of(ArrivalScenario scenario) => Runs[scenario];
}
