using System.Globalization;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>More guests than memory holds, in the real process; row 19 of the fault plan.</summary>
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int LinesOfRequest = 2_000;

    private static readonly int Guests = Scale.Of("MEMORY_GUESTS", 40_000, least: 1_000);
    private static readonly int Megabytes = Scale.Of("MEMORY_LIMIT", 160, least: 100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Scale.Of("SECONDS_OF_PATIENCE", 240));

    [Fact]
    public async Task More_guests_than_memory_holds_all_get_through_and_nothing_acknowledged_is_lost()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = Limited(upstream);
        await silo.StartAsync();
        using var client = new BulkClient(silo.Address);
        var started = TimeProvider.System.GetTimestamp();

        await client.LoadAsync(Guests, LinesOfRequest);
        var loaded = TimeProvider.System.GetElapsedTime(started);
        output.WriteLine($"{Guests} guests within {Megabytes} MB in {loaded.TotalSeconds:0} s; resident {Resident(silo)} MB");
        foreach (var (why, times) in client.Retries)
            output.WriteLine($"{times} × {why}");

        Assert.Equal(Guests, client.Acknowledged);
        OnlyMemoryWasShort(client, silo);
        await Eventually.TrueAsync(() => upstream.Requests >= 2 * Guests, Patience, "a browser and an event of every guest");
        await Eventually.TrueAsync(
            () => upstream.Arrivals.Select(static arrival => arrival.Mark).Distinct().Count() == Guests, Patience,
            "every acknowledged event arrived upstream");
        Assert.Equal(Guests, upstream.Arrivals.Count); // And none twice.
        Assert.Equal(0, silo.Ends);

        using var late = new SessionsClient(silo.Address);
        await Eventually.TrueAsync(
            async () => (await late.RecordAsync(new SentEvent("late", "e1")))[0].EventStatus
                is EventStatus.Accepted or EventStatus.Duplicate,
            Patience, "it takes events again by itself");
        output.WriteLine($"all delivered after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s; "
            + $"{silo.Written / 1024} KB of log");
    }

    [Fact]
    public async Task Guests_that_wait_for_a_paused_tenant_leave_too_and_are_delivered_when_it_goes_on()
    {
        const int guests = 20_000;
        await using var upstream = await Upstream.StartAsync();
        await using var silo = Limited(upstream, ("Delivery:SweepInterval", "00:00:01"));
        await silo.StartAsync();
        using var support = new SessionsClient(silo.Address);
        await support.ActAsync("/v1/delivery/pause", """{"reason":"the upstream is being repaired"}""");
        using var client = new BulkClient(silo.Address);

        await client.LoadAsync(guests, LinesOfRequest);
        Assert.Equal(guests, client.Acknowledged);
        OnlyMemoryWasShort(client, silo);
        Assert.InRange(upstream.Arrivals.Count, 0, guests / 2); // Far fewer guests fit into memory than wait.

        await support.ActAsync("/v1/delivery/resume", """{"reason":"the upstream is repaired"}""");
        await Eventually.TrueAsync(
            () => upstream.Requests >= 2 * guests
                && upstream.Arrivals.Select(static arrival => arrival.Mark).Distinct().Count() == guests,
            Patience, "all arrive");
    }

    [Fact]
    public async Task When_many_idle_guests_leave_at_once_memory_goes_back_and_the_log_stays_short()
    {
        const int guests = 30_000;
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Memory:IdleAge", "00:00:20"));
        await silo.StartAsync();
        using var client = new BulkClient(silo.Address);
        await client.LoadAsync(guests, LinesOfRequest);
        await Eventually.TrueAsync(() => upstream.Requests >= 2 * guests, Patience, "all are delivered");
        var (full, written) = (Resident(silo), silo.Written);

        // If a part of the guests left first, the rest's memory goes back five minutes later.
        await Eventually.TrueAsync(() => Resident(silo) < full * 2 / 3, 1.5 * Patience, "memory goes back to the system");

        output.WriteLine($"resident {full} MB with {guests} guests, {Resident(silo)} MB after they left; "
            + $"{silo.Written - written} characters of log");
        Assert.InRange(silo.Written - written, 0, 20_000);
        Assert.DoesNotContain(silo.Output, static line => line.StartsWith("fail:", StringComparison.Ordinal));
    }

    private static void OnlyMemoryWasShort(BulkClient client, SiloProcess silo) => Assert.True(
        client.Retries.Keys.All(static why => why.EndsWith(" memory", StringComparison.Ordinal)),
        silo.Tell(string.Join(", ", client.Retries.Keys)));

    private static SiloProcess Limited(Upstream upstream, params (string, string)[] settings) =>
        new(upstream.Address, settings)
        {
            Variables =
            {
                ["DOTNET_GCHeapHardLimit"] = (Megabytes * 1024L * 1024).ToString("x", CultureInfo.InvariantCulture),
            },
        };

    /// <summary>Megabytes of physical memory that the process takes.</summary>
    private static long Resident(HostProcess host)
    {
        var line = File.ReadLines($"/proc/{host.ProcessId}/status")
            .First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
