using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.Tracing;

/// <summary>
/// What traces cost: the whole path with nothing exported, with metrics alone, and with a hundredth and all of the requests traced.
/// All four run from the start and take short turns, so that they see the same machine.
/// </summary>
internal static class TracingBenchmark
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

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
            using var sink = await Sink.StartAsync(isPaused: false, folder);
            using var collector = await Sink.StartAsync(isPaused: false, folder);
            foreach (var kind in Kinds)
                measured.Add(new Measured(kind, await StartAsync(settings.Silo, kind, folder, sink.Port, collector.Port, server)));
            foreach (var one in measured)
                await TurnAsync(one, settings.Guests, settings.Connections, TimeSpan.FromSeconds(settings.WarmUp));
            foreach (var one in measured)
                one.Turns.Clear();
            for (var round = 0; round < settings.Rounds; round++)
            {
                // The first of a round is another one each time: what a turn leaves behind disturbs each the same.
                for (var place = 0; place < measured.Count; place++)
                    await TurnAsync(measured[(round + place) % measured.Count], settings.Guests, settings.Connections, TimeSpan.FromSeconds(settings.Seconds));
            }

            Print(measured, settings, await Sink.TracesAsync(collector));
            return 0;
        }
        finally
        {
            measured.ForEach(static one => one.Service.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ChildProcess> StartAsync(
        string silo, Kind kind, string folder, int sink, int collector, string server)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, $"{Array.IndexOf(Kinds, kind)}")).FullName;
        var start = new ContenderStart(own, sink, InFlight: 512).OnPostgres(await Database.NewAsync(server));
        (string, string)[] export = kind.IsExporting
            ?
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{collector}"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_TRACES_SAMPLER", kind.Sampler),
                ("OTEL_TRACES_SAMPLER_ARG", "0.01"),
            ]
            : [];
        return await Contender.Service(silo).StartAsync(start with { Variables = [.. start.Variables, .. export] });
    }

    private static async Task TurnAsync(Measured one, int guests, int connections, TimeSpan time)
    {
        var load = new ClosedLoop(one.Service.Port, connections);
        var guestOf = Scenario.Spread(guests);
        load.Start(guestOf);
        await Task.Delay(Settling, TimeProvider.System);
        var processor = one.Service.Processor;
        var result = await load.MeasureAsync(guestOf, time, endsAtRefusal: false);
        one.Turns.Add((result.PerSecond, (one.Service.Processor - processor).TotalMicroseconds / Math.Max(1, result.Acknowledged)));
        await load.StopAsync();
    }

    private static void Print(List<Measured> measured, BenchmarkSettings settings, long requests)
    {
        Console.WriteLine(Text($"# What traces cost, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {settings.Commit}"));
        Console.WriteLine(Text($"\n{Machine.Describe()}; load, sink, collector, services and PostgreSQL share it. {settings.Connections} callers in closed loop, {settings.Guests:N0} guests, everything delivered; turns of {settings.Seconds} s, {settings.Rounds} each, after {settings.WarmUp} s to warm up. The collector took {requests:N0} requests with traces.\n"));
        Console.WriteLine("| what is exported | acked/s, median | of the first | µs of the service, median | of the first |\n|---|---:|---:|---:|---:|");
        var first = measured[0].Turns;
        foreach (var one in measured)
        {
            var rates = one.Turns.Select(static turn => turn.PerSecond);
            var costs = one.Turns.Select(static turn => turn.Microseconds);
            var ofRate = one.Turns.Zip(first, static (own, other) => own.PerSecond / other.PerSecond);
            var ofCost = one.Turns.Zip(first, static (own, other) => own.Microseconds / other.Microseconds);
            Console.WriteLine(Text($"| {one.Kind.Name} | {rates.Median():N0} | {ofRate.Median():N3} | {costs.Median():N1} | {ofCost.Median():N3} |"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Kind(string Name, bool IsExporting, string Sampler);

    private sealed record Measured(Kind Kind, ChildProcess Service)
    {
        public List<(double PerSecond, double Microseconds)> Turns { get; } = [];
    }
}
