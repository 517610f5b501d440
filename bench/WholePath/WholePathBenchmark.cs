using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.WholePath;

/// <summary>
/// The whole path on PostgreSQL, from the POST to the upstream's answer and its record: the service, the floor, and what a team
/// would build first. All three run from the start, are warmed alike, and take short turns, so that they see the same machine.
/// </summary>
internal static class WholePathBenchmark
{
    private static readonly int[] Callers = [64, 512];

    /// <summary>The service's own default. A request counts from before its start is durable until its outcome is.</summary>
    private const int InFlight = 1_024;

    /// <param name="server">Connection string of a server's own database, to make others beside it.</param>
    /// <param name="postmaster">The server's first process, whose processor time counts.</param>
    public static async Task<int> RunAsync(BenchmarkSettings settings, string server, int postmaster)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        List<Runner> runners = [];
        try
        {
            Contender[] contenders = [Contender.Service(settings.Silo), Contender.Floor, Contender.Baseline];
            foreach (var contender in contenders)
            {
                var own = Directory.CreateDirectory(Path.Combine(folder, $"{runners.Count}")).FullName;
                var sink = await Sink.StartAsync(isPaused: false, own);
                var start = new ContenderStart(own, sink.Port, InFlight: InFlight).OnPostgres(await Database.NewAsync(server));
                runners.Add(new Runner(contender.Name, await contender.StartAsync(start), sink, postmaster));
            }

            foreach (var runner in runners)
            {
                Console.Error.WriteLine($"{runner.Name} warms up");
                await TurnAsync(runner, settings, Callers[0], TimeSpan.FromSeconds(settings.WarmUp));
            }

            List<Turn> turns = [];
            var orders = Turns.Orders(runners.Count);
            for (var round = 0; round < settings.Rounds; round++)
            {
                Console.Error.WriteLine($"round {round + 1} of {settings.Rounds}");
                foreach (var callers in Callers)
                {
                    // Another order each round: what a turn leaves to the database disturbs each the same.
                    foreach (var place in orders[round % orders.Count])
                        turns.Add(await TurnAsync(runners[place], settings, callers, TimeSpan.FromSeconds(settings.Seconds)) with { Round = round });
                }
            }

            var report = new WholePathReport(turns, [.. runners.Select(static runner => runner.Name)], settings);
            Console.WriteLine(report.ToMarkdown());
            if (settings.Results is { } results)
                await report.WriteAsync(results, settings.Readme);
            return 0;
        }
        finally
        {
            runners.ForEach(static runner => runner.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<Turn> TurnAsync(Runner runner, BenchmarkSettings settings, int callers, TimeSpan time)
    {
        var guestOf = Scenario.Spread(settings.Guests, callers);
        return Turns.RunAsync(runner.Process.Port, callers, guestOf, runner.Sink, async load =>
        {
            var (before, own, server) = (await Sink.CountAsync(runner.Sink), runner.Process.Processor, ProcessorTimes.OfServer(runner.Postmaster));
            var switches = runner.Process.Switches;
            var result = await load.MeasureAsync(guestOf, time, endsAtRefusal: false);
            var delivered = await Sink.CountAsync(runner.Sink) - before;
            var events = Math.Max(1, delivered);
            return new Turn(
                runner.Name, callers, result.PerSecond, delivered / result.Elapsed.TotalSeconds, result.P50Ms, result.P99Ms, result.Refused,
                (runner.Process.Processor - own).TotalMicroseconds / events,
                (ProcessorTimes.OfServer(runner.Postmaster) - server).TotalMicroseconds / events,
                Math.Max(0, runner.Process.Switches - switches) / (double)events);
        });
    }

    private sealed record Runner(string Name, ChildProcess Process, ChildProcess Sink, int Postmaster) : IDisposable
    {
        public void Dispose()
        {
            Process.Dispose();
            Sink.Dispose();
        }
    }
}

/// <summary>What one contender did in one turn.</summary>
/// <param name="Refused">Answers other than 202.</param>
/// <param name="ProgramMicroseconds">Processor time of its process for a delivered event.</param>
/// <param name="PostgresMicroseconds">The same of the database server.</param>
/// <param name="Switches">Changes of the thread for a delivered event, in its process.</param>
internal sealed record Turn(
    string Contender, int Callers, double Acknowledged, double Delivered, double P50Ms, double P99Ms, long Refused,
    double ProgramMicroseconds, double PostgresMicroseconds, double Switches)
{
    public int Round { get; init; }

    public double Microseconds => ProgramMicroseconds + PostgresMicroseconds;
}
