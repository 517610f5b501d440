using System.Globalization;
using GuestSessions.Bench.Load;
using GuestSessions.Client;

namespace GuestSessions.Bench.Client;

/// <summary>How many events a program hands to the client's buffer and gets receipts for, with 200 guests of its own in each round.</summary>
internal static class ClientBenchmark
{
    private const int Guests = 200;

    /// <param name="events">Number of events of a round.</param>
    /// <param name="database">Connection string of an empty database.</param>
    public static async Task<int> RunAsync(BenchmarkSettings settings, int events, string database)
    {
        Console.WriteLine(Text($"# The client's buffer, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {settings.Commit}"));
        Console.WriteLine(Text($"\n{Machine.Describe()}; client, service and PostgreSQL share it; delivery is paused.\n"));
        Console.WriteLine("| round | events | receipts/s | CPU µs of the client | CPU µs of the service |\n|---:|---:|---:|---:|---:|");
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            using var sink = await Sink.StartAsync(isPaused: true, folder);
            using var service = await Contender.Service(settings.Silo).StartAsync(
                new ContenderStart(folder, sink.Port, InFlight: 1).OnPostgres(database));
            await using var services = ServicesOf(service.Port);
            var sessions = services.GetRequiredService<IGuestSessions>();
            for (var round = 1; round <= settings.Rounds; round++)
                Console.WriteLine(await MeasureAsync(sessions, service, round, events));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(IGuestSessions sessions, ChildProcess service, int round, int events)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (own, theirs) = (Environment.CpuUsage.TotalTime, service.Processor);
        var completions = new List<Task<EventReceipt>>(events);
        for (var at = 0; at < events; at++)
            completions.Add((await sessions.EnqueueAsync($"round-{round}-{at % Guests}", EventOf(at))).Completion);
        var receipts = await Task.WhenAll(completions);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        if (receipts.Any(static receipt => receipt.Status != ReceiptStatus.Accepted))
            throw new InvalidOperationException("An event was not accepted.");
        return Text($"| {round} | {events:N0} | {events / seconds:N0} | {(Environment.CpuUsage.TotalTime - own).TotalMicroseconds / events:N0} | {(service.Processor - theirs).TotalMicroseconds / events:N0} |");
    }

    private static ViewEvent EventOf(int at) => new()
    {
        Page = $"/tourers/summer/tourer-{at}",
        PointOfSale = LoadConnection.PointOfSale,
        Channel = "WEB",
        Language = "EN",
        Currency = "EUR",
    };

    private static ServiceProvider ServicesOf(int port)
    {
        var services = new ServiceCollection();
        services.AddGuestSessions(options =>
        {
            options.Address = new Uri($"http://127.0.0.1:{port}");
            options.ApiKey = LoadConnection.Secret;
        });
        return services.BuildServiceProvider();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
