using System.Diagnostics;
using System.Globalization;

namespace GuestSessions.Bench.Endurance;

/// <summary>
/// Millions of events through the all-in-one on PostgreSQL with a bounded heap: each arrives once and in its turn, and the curves of
/// memory stay flat.
/// </summary>
internal static class EnduranceRun
{
    private const long HeapLimit = 1L << 30;

    /// <summary>Samples of a run; the first comes when the service is ready.</summary>
    private const int Samples = 200;

    /// <param name="database">Connection string of an empty database.</param>
    /// <param name="report">Path of the files to write, without their endings <c>.svg</c> and <c>.csv</c>.</param>
    /// <returns>0 when every event arrived once and in its turn.</returns>
    public static async Task<int> RunAsync(BenchmarkSettings settings, int events, string database, string report)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            await using var sink = new OrderedSink(settings.Guests);
            await sink.StartAsync();
            var metrics = ChildProcess.FreePort();
            using var service = await Contender.Service(settings.Silo).StartAsync(
                new ContenderStart(folder, sink.Port, InFlight: 256)
                {
                    Variables =
                    [
                        ("Sessions__Metrics__Urls", $"http://127.0.0.1:{metrics}"),
                        ("DOTNET_GCHeapHardLimit", HeapLimit.ToString("x", CultureInfo.InvariantCulture)),
                    ],
                }.OnPostgres(database));
            using var load = new EnduranceLoad(service.Port, settings.Guests, () => sink.Delivered);
            using var probe = new EnduranceProbe(service, metrics, database);
            var samples = await WatchAsync(load, sink, probe, events, report);
            await File.WriteAllTextAsync($"{report}.svg", EndurancePicture.Draw(samples));
            return Tell(settings, load, sink, samples, service.Processor);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<EnduranceSample>> WatchAsync(
        EnduranceLoad load, OrderedSink sink, EnduranceProbe probe, int events, string report)
    {
        List<EnduranceSample> samples = [];
        var clock = Stopwatch.StartNew();
        await File.WriteAllTextAsync($"{report}.csv", EnduranceSample.Columns + "\n");
        await TakeAsync();
        var running = load.RunAsync(events);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (sink.Delivered < events && !running.IsFaulted && await timer.WaitForNextTickAsync())
        {
            if (sink.Delivered >= (long)events * samples.Count / Samples)
                await TakeAsync();
        }

        await running;
        await TakeAsync();
        return samples;

        async Task TakeAsync()
        {
            samples.Add(await probe.SampleAsync(clock.Elapsed.TotalSeconds, load.Acknowledged, sink.Delivered));
            await File.AppendAllTextAsync($"{report}.csv", $"{samples[^1]}\n");
            if (samples.Count % 10 == 1)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{samples[^1].Seconds,6:N0} s  {samples[^1].Delivered,11:N0} delivered  {samples[^1].Resident >> 20} MB  {samples[^1].Guests:N0} guests in memory"));
        }
    }

    private static int Tell(
        BenchmarkSettings settings, EnduranceLoad load, OrderedSink sink, List<EnduranceSample> samples, TimeSpan processor)
    {
        var missing = sink.Missing(load.Given);
        var later = samples[(samples.Count / 2)..];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            # Endurance, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {settings.Commit}

            - Machine: {Machine.Describe()}; load average {Machine.LoadAverage():N1}; load, upstream, service and PostgreSQL share it.
            - {load.Acknowledged:N0} events of {settings.Guests:N0} guests acknowledged, {load.Retried:N0} lines sent again; {sink.Delivered:N0} delivered in their turn, {sink.Repeated:N0} repeated, {sink.OutOfTurn:N0} out of turn; {missing ?? "none missing"}.
            - {samples[^1].Seconds / 60:N0} minutes, {load.Acknowledged / samples[^1].Seconds:N0} events a second, {processor.TotalMicroseconds / load.Acknowledged:N0} CPU µs of the service for an event, {(samples[^1].Stored - samples[0].Stored) / load.Acknowledged:N0} bytes stored for an event.
            - Heap limit {HeapLimit >> 20} MB. Resident at most {samples.Max(static sample => sample.Resident) >> 20} MB; in the second half {later.Min(static sample => sample.Resident) >> 20} to {later.Max(static sample => sample.Resident) >> 20} MB.
            """));
        return missing is null && sink is { Repeated: 0, OutOfTurn: 0 } ? 0 : 1;
    }
}
