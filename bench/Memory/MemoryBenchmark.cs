using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Unicode;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.Memory;

/// <summary>
/// Resident memory of an idle guest: guests get twenty events each, all are delivered, and when it is quiet the process is measured; then
/// the same with more guests. The difference belongs to the guests, what the process has by itself does not count.
/// </summary>
internal static class MemoryBenchmark
{
    private const int EventsOfGuest = 20;
    private const int GuestsOfBody = 50;

    /// <summary>As many guests as make the code warm.</summary>
    private const int FirstGuests = 5_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Without work, the service gives memory back within a minute, and not again within five minutes.</summary>
    private static readonly TimeSpan FirstQuiet = TimeSpan.FromMinutes(2), Quiet = TimeSpan.FromMinutes(6);

    /// <param name="server">Connection string of a server's own database, to make others beside it.</param>
    public static async Task<int> RunAsync(BenchmarkSettings settings, string server)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            using var sink = await Sink.StartAsync(isPaused: false, folder);
            using var service = await Contender.Service(settings.Silo).StartAsync(
                new ContenderStart(folder, sink.Port, InFlight: 1_024).OnPostgres(await Database.NewAsync(server)));
            var started = service.ResidentBytes;
            await LoadAsync(service, sink, 0, FirstGuests);
            var first = await RestAsync(service, FirstQuiet);
            await LoadAsync(service, sink, FirstGuests, FirstGuests + settings.Guests);
            var second = await RestAsync(service, Quiet);
            await Sink.EnsureOrderAsync(sink);

            Console.WriteLine(Text($"# Memory of idle guests, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {settings.Commit}"));
            Console.WriteLine(Text($"\n{Machine.Describe()}; PostgreSQL, {EventsOfGuest} events for each guest, all delivered. Resident memory of the process (`VmRSS`), at once and after some minutes without work ({FirstQuiet.TotalMinutes:N0} and {Quiet.TotalMinutes:N0}).\n"));
            Console.WriteLine("| guests in memory | MB at once | MB after a while |\n|---:|---:|---:|");
            Console.WriteLine(Text($"| 0 | {started >> 20:N0} | |"));
            Console.WriteLine(Text($"| {FirstGuests:N0} | {first.AtOnce >> 20:N0} | {first.Later >> 20:N0} |"));
            Console.WriteLine(Text($"| {FirstGuests + settings.Guests:N0} | {second.AtOnce >> 20:N0} | {second.Later >> 20:N0} |"));
            Console.WriteLine(Text($"\nOne guest more: {(second.Later - first.Later) / settings.Guests:N0} bytes."));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(long AtOnce, long Later)> RestAsync(ChildProcess service, TimeSpan quiet)
    {
        var atOnce = service.ResidentBytes;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < quiet)
        {
            await Task.Delay(quiet / 6, TimeProvider.System);
            Console.Error.WriteLine(Text($"{clock.Elapsed.TotalMinutes:N0} minutes without work, {service.ResidentBytes >> 20:N0} MB"));
        }

        return (atOnce, service.ResidentBytes);
    }

    private static async Task LoadAsync(ChildProcess service, ChildProcess sink, int from, int to)
    {
        using var post = new NdjsonPost(service.Port);
        var body = new ArrayBufferWriter<byte>(GuestsOfBody * EventsOfGuest * 512);
        for (var first = from; first < to; first += GuestsOfBody)
        {
            body.ResetWrittenCount();
            for (var guest = first; guest < Math.Min(first + GuestsOfBody, to); guest++)
                Write(body, guest);
            await post.StoreAsync(body);
        }

        while (await Sink.CountAsync(sink) < (long)to * EventsOfGuest)
            await Task.Delay(Pause, TimeProvider.System);
    }

    /// <summary>The ids are UUIDs, which is what a window of ids keeps for most backends.</summary>
    private static void Write(ArrayBufferWriter<byte> body, int guest)
    {
        for (var number = 0; number < EventsOfGuest; number++)
        {
            var id = new Guid(guest, (short)number, 0x4a11, 0x8b, 0x0b, 0x0e, 0x8f, 0x5e, 0x7a, 0x44, 0x4d);
            Utf8.TryWrite(body.GetSpan(512), CultureInfo.InvariantCulture,
                $"{{\"guest\":\"guest-{guest}\",\"event_id\":\"{id}\",{LoadConnection.Occurred}{LoadConnection.Event}{Place.Of("memory", $"guest-{guest}", number)}}}}}}}\n",
                out var written);
            body.Advance(written);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
