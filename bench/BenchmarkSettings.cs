using System.Globalization;

namespace GuestSessions.Bench;

/// <summary>How long and how hard.</summary>
/// <param name="Seconds">Measured seconds of a round.</param>
/// <param name="WarmUp">
/// Seconds of load before them. The runtime compiles the hot path twice while it runs; on two cores that takes a third
/// of the processor for the first 15 seconds or so.
/// </param>
/// <param name="Rounds">Rounds of each contender, taken in turn.</param>
/// <param name="Guests">Guests the events are spread over.</param>
/// <param name="Connections">Connections, each with one request under way.</param>
/// <param name="SiloProgram">The all-in-one's; null where the service runs already.</param>
/// <param name="Results">The folder the report goes to; null prints it only.</param>
/// <param name="Commit">What was measured.</param>
/// <param name="Readme">The README that gets the table; null leaves it as it is.</param>
internal sealed record BenchmarkSettings(
    int Seconds, int WarmUp, int Rounds, int Guests, int Connections, string? SiloProgram, string? Results, string Commit, string? Readme)
{
    public string Silo => SiloProgram ?? throw new ArgumentException("--silo names the program of the all-in-one.");

    public static BenchmarkSettings Parse(string[] args)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i + 1 < args.Length; i += 2)
            values[args[i]] = args[i + 1];
        return new BenchmarkSettings(
            Number("--seconds", 10), Number("--warm-up", 15), Number("--rounds", 3), Number("--guests", 5_000),
            Number("--connections", 64),
            values.GetValueOrDefault("--silo"),
            values.GetValueOrDefault("--results"),
            values.GetValueOrDefault("--commit") ?? "unknown",
            values.GetValueOrDefault("--readme"));

        int Number(string name, int otherwise) =>
            values.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
    }
}
