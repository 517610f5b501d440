using System.Globalization;
using GuestSessions.Bench;
using GuestSessions.Bench.Admission;
using GuestSessions.Bench.Baseline;
using GuestSessions.Bench.Bulk;
using GuestSessions.Bench.Client;
using GuestSessions.Bench.Endurance;
using GuestSessions.Bench.Fence;
using GuestSessions.Bench.Floor;
using GuestSessions.Bench.Memory;
using GuestSessions.Bench.Reads;
using GuestSessions.Bench.Timeline;
using GuestSessions.Bench.Tracing;
using GuestSessions.Bench.WarmUp;
using GuestSessions.Bench.WholePath;

// One program, several parts: `run`, `overload`, `stream`, `bulk`, `endurance`, `memory`, `reads`, `tracing`, `whole-path`, `warm-up` and `client` start the service and put load on it.
switch (args)
{
    case ["run", .. var rest]:
        return await Benchmark.RunAsync(BenchmarkSettings.Parse(rest));
    case ["overload", .. var rest]:
        return await Overload.RunAsync(BenchmarkSettings.Parse(rest));
    case ["overload-at", var port, var sink, var processes, .. var rest]:
        return await Overload.RunAtAsync(
            Number(port), Number(sink), Numbers(processes), BenchmarkSettings.Parse(rest));
    case ["stream", var lines, .. var rest]:
        return await StreamBenchmark.RunAsync(BenchmarkSettings.Parse(rest), Number(lines));
    case ["baseline", var port, var sink, var inFlight, var folder, .. var database]:
        await BaselineServer.RunAsync(Number(port), new Uri(sink), Number(inFlight), folder, database.FirstOrDefault());
        return 0;
    case ["floor", var port, var sink, var inFlight, var database]:
        await FloorServer.RunAsync(Number(port), new Uri(sink), Number(inFlight), database);
        return 0;
    case ["whole-path", var server, var postmaster, .. var rest]:
        return await WholePathBenchmark.RunAsync(BenchmarkSettings.Parse(rest), server, Number(postmaster));
    case ["sink", var port, var mode]:
        await Sink.RunAsync(Number(port), isPaused: mode == "paused");
        return 0;
    case ["scaling", var api, var sink, var silos, var warmUp, var seconds]:
        await Scaling.RunAsync(Number(api), Number(sink), Numbers(silos), Number(warmUp), Number(seconds));
        return 0;
    case ["fence", var connectionString]:
        await FenceBenchmark.RunAsync(connectionString);
        return 0;
    case ["timeline", var events]:
        await TimelineBenchmark.RunAsync(Number(events));
        return 0;
    case ["bulk", var server, var postmaster, .. var rest]:
        return await BulkBenchmark.RunAsync(BenchmarkSettings.Parse(rest), server, Number(postmaster));
    case ["endurance", var events, var database, var report, .. var rest]:
        return await EnduranceRun.RunAsync(BenchmarkSettings.Parse(rest), Number(events), database, report);
    case ["client", var events, var database, .. var rest]:
        return await ClientBenchmark.RunAsync(BenchmarkSettings.Parse(rest), Number(events), database);
    case ["reads", var guests, var database, .. var rest]:
        return await ReadsBenchmark.RunAsync(BenchmarkSettings.Parse(rest), Number(guests), database);
    case ["memory", var server, .. var rest]:
        return await MemoryBenchmark.RunAsync(BenchmarkSettings.Parse(rest), server);
    case ["tracing", var server, .. var rest]:
        return await TracingBenchmark.RunAsync(BenchmarkSettings.Parse(rest), server);
    case ["warm-up", var name, var database, .. var rest]:
        return await WarmUpBenchmark.RunAsync(BenchmarkSettings.Parse(rest), name, database);
    case ["admission", var recording, var table, var picture]:
        AdmissionSimulation.Run(recording, table, picture);
        return 0;
    default:
        Console.Error.WriteLine(
            "bench run|overload --silo PATH [--seconds N] [--warm-up N] [--rounds N] [--guests N] [--connections N] "
            + "[--results FOLDER] [--commit NAME] | bench stream LINES --silo PATH [the same] "
            + "| bench overload-at PORT SINK-PORT PID,… [the same] | bench fence CONNECTION-STRING | bench timeline EVENTS "
            + "| bench admission RECORDING TABLE PICTURE | bench endurance EVENTS CONNECTION-STRING REPORT --silo PATH [the same] "
            + "| bench bulk CONNECTION-STRING POSTMASTER-PID --silo PATH [the same] "
            + "| bench reads GUESTS CONNECTION-STRING --silo PATH [the same] "
            + "| bench whole-path CONNECTION-STRING POSTMASTER-PID --silo PATH [the same] "
            + "| bench memory CONNECTION-STRING --silo PATH [the same] "
            + "| bench tracing CONNECTION-STRING --silo PATH [the same] "
            + "| bench warm-up NAME CONNECTION-STRING --silo PATH [the same] "
            + "| bench client EVENTS CONNECTION-STRING --silo PATH [the same]");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int[] Numbers(string list) => [.. list.Split(',').Select(Number)];
