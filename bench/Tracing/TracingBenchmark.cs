using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.Tracing;

/// <summary>
/// What traces cost: the whole path with nothing exported, with metrics alone, and with a hundredth and all of the requests traced.
/// All four run from the start and take short turns, so that they see the same machine.
/// </summary>
internal static class TracingBenchmark
{
    private static readonly Kind[] Kinds =
    [
        new("nothing is exported", IsExporting: false, "always_off"),
        new("metrics, no trace", IsExporting: true, "always_off"),
        new("metrics, 1 % of the requests traced", IsExporting: true, "parentbased_traceidratio"),
        new("metrics, all requests traced", IsExporting: true, "parentbased_always_on"),
    ];

    /// <param name="server">Connection string of a server's own database, to make others beside it.</param>
    public static async Task<int> RunAsync(BenchmarkSettings settings, string server)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        List<Measured> measured = [];
        try
        {
            var orders = Turns.Orders(Kinds.Length);
            using var collector = await Sink.StartAsync(isPaused: false, folder);
            foreach (var kind in Kinds)
                measured.Add(await StartAsync(settings.Silo, kind, folder, collector.Port, server));
            foreach (var one in measured)
                await TurnAsync(one, settings, TimeSpan.FromSeconds(settings.WarmUp));
            foreach (var one in measured)
                one.Turns.Clear();
            for (var round = 0; round < settings.Rounds; round++)
            {
                // Another order each round: what a turn leaves to the database disturbs each the same.
                foreach (var place in orders[round % orders.Count])
                    await TurnAsync(measured[place], settings, TimeSpan.FromSeconds(settings.Seconds));
            }

            Print(measured, settings, await Sink.TracesAsync(collector));
            return 0;
        }
        finally
        {
            measured.ForEach(static one => one.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Measured> StartAsync(string silo, Kind kind, string folder, int collector, string server)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, $"{Array.IndexOf(Kinds, kind)}")).FullName;
        var sink = await Sink.StartAsync(isPaused: false, own);
        var start = new ContenderStart(own, sink.Port, InFlight: 1_024).OnPostgres(await Database.NewAsync(server));
        (string, string)[] export = kind.IsExporting
            ?
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{collector}"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_TRACES_SAMPLER", kind.Sampler),
                ("OTEL_TRACES_SAMPLER_ARG", "0.01"),
            ]
            : [];
        return new Measured(
            kind, await Contender.Service(silo).StartAsync(start with { Variables = [.. start.Variables, .. export] }), sink);
    }

    private static async Task TurnAsync(Measured one, BenchmarkSettings settings, TimeSpan time)
    {
        var guestOf = Scenario.Spread(settings.Guests, settings.Connections);
        one.Turns.Add(await Turns.RunAsync(one.Service.Port, settings.Connections, guestOf, one.Sink, async load =>
        {
            var processor = one.Service.Processor;
            var result = await load.MeasureAsync(guestOf, time, endsAtRefusal: false);
            return (result.PerSecond, (one.Service.Processor - processor).TotalMicroseconds / Math.Max(1, result.Acknowledged));
        }));
    }

    private static void Print(List<Measured> measured, BenchmarkSettings settings, long requests)
    {
        Console.WriteLine(Text($"# What traces cost, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {settings.Commit}"));
        Console.WriteLine(Text($"\n{Machine.Describe()}; load, sink, collector, services and PostgreSQL share it. {settings.Connections} callers in closed loop, {settings.Guests:N0} guests, everything delivered; turns of {settings.Seconds} s, {settings.Rounds} each, after {settings.WarmUp} s to warm up. The collector took {requests:N0} requests with traces.\n"));
        Console.WriteLine("| what is exported | acked/s | µs of the service | rate, × the first | µs, × the first | rate, × metrics alone |\n|---|---:|---:|---|---|---|");
        var first = measured[0].Turns;
        var metricsAlone = measured[1].Turns;
        foreach (var one in measured)
        {
            var rates = one.Turns.Zip(first, static (own, other) => own.PerSecond / other.PerSecond);
            var costs = one.Turns.Zip(first, static (own, other) => own.Microseconds / other.Microseconds);
            var traces = one.Turns.Zip(metricsAlone, static (own, other) => own.PerSecond / other.PerSecond);
            Console.WriteLine(Text($"| {one.Kind.Name} | {one.Turns.Select(static turn => turn.PerSecond).Median():N0} | {one.Turns.Select(static turn => turn.Microseconds).Median():N1} | {Interval(rates)} | {Interval(costs)} | {Interval(traces)} |"));
        }
    }

    /// <summary>The median with its interval of 95 %, from the order of the values alone.</summary>
    private static string Interval(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var low = Math.Max(0, (int)Math.Floor((sorted.Length / 2.0) - (0.98 * Math.Sqrt(sorted.Length))));
        return Text($"{sorted.Median():N3} ({sorted[low]:N3} to {sorted[^(low + 1)]:N3})");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Kind(string Name, bool IsExporting, string Sampler);

    private sealed record Measured(Kind Kind, ChildProcess Service, ChildProcess Sink) : IDisposable
    {
        public List<(double PerSecond, double Microseconds)> Turns { get; } = [];

        public void Dispose()
        {
            Service.Dispose();
            Sink.Dispose();
        }
    }
}
