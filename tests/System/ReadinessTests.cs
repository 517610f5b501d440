using System.Diagnostics;
using System.Net;
using GuestSessions.SystemTests.Hosting;
using Microsoft.Data.Sqlite;

namespace GuestSessions.SystemTests;

/// <summary>What <c>/health/ready</c> says of a real host whose store is in trouble.</summary>
public sealed class ReadinessTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task While_another_tool_holds_the_SQLite_file_ready_is_503_within_a_second_and_200_again_afterwards()
    {
        var folder = Directory.CreateTempSubdirectory("sessions-");
        var connection = $"Data Source={Path.Combine(folder.FullName, "sessions.db")}";
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Storage:ConnectionString", connection));
        await silo.StartAsync();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        await Eventually.TrueAsync(async () => (await AskAsync(http, silo)).Took < Second, TimeSpan.FromSeconds(30), "it is warm");

        using (var other = new SqliteConnection($"{connection};Pooling=False"))
        {
            await other.OpenAsync();
            using var take = other.CreateCommand();
            take.CommandText = "BEGIN EXCLUSIVE";
            await take.ExecuteNonQueryAsync();
            await Eventually.TrueAsync(
                async () => (await AskAsync(http, silo)).Status == HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(3),
                "it is not ready");
            for (var asked = 0; asked < 10; asked++)
            {
                var (status, took) = await AskAsync(http, silo, asked % 2 == 0 ? HttpMethod.Get : HttpMethod.Head);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
                Assert.True(took < Second, $"{took.TotalMilliseconds:0} ms");
            }
        }

        await Eventually.TrueAsync(
            async () => (await AskAsync(http, silo)).Status == HttpStatusCode.OK, TimeSpan.FromSeconds(30), "it is ready again");
        folder.Delete(recursive: true);
    }

    private static async Task<(HttpStatusCode Status, TimeSpan Took)> AskAsync(
        HttpClient http, HostProcess host, HttpMethod? method = null)
    {
        var started = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(host.Address, "/health/ready"));
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, Stopwatch.GetElapsedTime(started));
    }
}
