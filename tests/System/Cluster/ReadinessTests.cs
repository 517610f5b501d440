using System.Diagnostics;
using System.Net;
using GuestSessions.PostgresKit;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>What balancers are told while parts of a cluster are dead.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task An_API_host_is_ready_while_it_reaches_any_silo_and_nobody_is_while_the_database_is_dead()
    {
        await using var cluster = await Topology.StartAsync(silos: 3, apis: 2);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };

        await cluster.Silos[0].KillAsync();
        var watched = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(watched) < TimeSpan.FromSeconds(12))
        {
            foreach (var api in cluster.Apis)
                Assert.True((await AskAsync(http, api)).Status == HttpStatusCode.OK, api.Tell("It was not ready."));
        }

        await cluster.Database.StopAsync(PostgresStop.Immediate);
        var alive = cluster.Apis.Concat(cluster.Silos.Skip(1)).ToList();
        await Eventually.TrueAsync(
            async () =>
            {
                var answers = await Task.WhenAll(alive.Select(host => AskAsync(http, host)));
                return answers.All(static answer => answer.Status == HttpStatusCode.ServiceUnavailable
                    && answer.Body.Contains("\"storage\":\"unhealthy\"", StringComparison.Ordinal));
            },
            TimeSpan.FromSeconds(5), "silos and API hosts say that the store is dead");

        await cluster.Database.StartAsync();
        await Eventually.TrueAsync(
            async () => (await Task.WhenAll(alive.Select(host => AskAsync(http, host))))
                .All(static answer => answer.Status == HttpStatusCode.OK),
            TimeSpan.FromSeconds(60), "all are ready again");
        Assert.Contains(cluster.Silos.SelectMany(static silo => silo.Output),
            static line => line.Contains("was declared dead", StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient http, HostProcess host)
    {
        using var answer = await http.GetAsync(new Uri(host.Address, "/health/ready"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
