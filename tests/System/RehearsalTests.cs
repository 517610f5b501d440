using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;
using Microsoft.Data.Sqlite;

namespace GuestSessions.SystemTests;

/// <summary>What a silo rehearses before it takes requests.</summary>
public sealed class RehearsalTests
{
    private const string Recorded = "sessions_events_recorded";

    [Fact]
    public async Task A_silo_rehearses_before_it_takes_requests_and_no_store_upstream_or_metric_shows_it()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        silo.Environment["Logging__LogLevel__GuestSessions.Grains.Rehearsals"] = "Debug";
        await silo.StartAsync();
        using var http = new HttpClient { BaseAddress = silo.Address };

        Assert.Contains(silo.Output, static line => line.Contains("64 events were rehearsed.", StringComparison.Ordinal));
        Assert.Empty(upstream.Arrivals);
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.DoesNotContain("rehears", metrics, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Recorded, metrics, StringComparison.Ordinal);
        Assert.Equal(0, await GuestsAsync(silo));

        // The same words for an event that is no rehearsal, so that their absence says something.
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync(new SentEvent("cust-42", "first"));
        await Eventually.TrueAsync(
            async () => (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)))
                .Contains(Recorded, StringComparison.Ordinal),
            TimeSpan.FromSeconds(30), "the event is counted");
        Assert.Equal(1, await GuestsAsync(silo));
    }

    private static async Task<long> GuestsAsync(SiloProcess silo)
    {
        var file = Assert.Single(Directory.EnumerateFiles(silo.Folder, "*.db", SearchOption.AllDirectories));
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM head";
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
