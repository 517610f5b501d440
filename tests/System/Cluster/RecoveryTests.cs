using System.Globalization;
using System.Text.RegularExpressions;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>Row 17 of the fault plan: guests with undelivered events among others, and every silo killed.</summary>
public sealed partial class RecoveryTests(ITestOutputHelper output)
{
    private const int Callers = 32;

    /// <summary>The promise is 60 s, on a machine of its own: the figures tell. This is for a busy one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Scale.Of("SECONDS_OF_PATIENCE", 120));

    [Fact]
    public async Task Guests_nobody_calls_again_are_delivered_after_every_silo_was_killed()
    {
        var (stored, waiting) = (Scale.Of("GUESTS_STORED", 0), Scale.Of("GUESTS_WAITING", 1_000, least: 1));
        await using var cluster = await Topology.StartAsync(apis: 1);
        using var client = new SessionsClient(cluster.Addresses);
        await RecordAsync(client, "stored", stored);
        await UntilArrivedAsync(cluster.Upstream, stored);
        await cluster.Upstream.GoDownAsync();
        await RecordAsync(client, "waiting", waiting);
        await Task.WhenAll(cluster.Silos.Select(static silo => silo.KillAsync()));
        await cluster.Upstream.ComeBackAsync();

        var started = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(cluster.Silos.Select(static silo => silo.StartAsync()));
        await UntilLoadedAsync(cluster.Silos, waiting);
        var ensured = TimeProvider.System.GetUtcNow() - started;
        await UntilArrivedAsync(cluster.Upstream, stored + waiting);

        var after = cluster.Upstream.Arrivals
            .Where(got => got.At > started).Select(got => got.At - started).Order().ToList();
        output.WriteLine(
            $"{waiting} guests of {stored + waiting} resumed. After the start of the processes: the first event came after "
            + $"{after[0].TotalSeconds:0.0} s, delivery was ensured for all after {ensured.TotalSeconds:0.0} s, 99 % of the events had "
            + $"come after {after[after.Count * 99 / 100].TotalSeconds:0.0} s, and the last after {after[^1].TotalSeconds:0.0} s "
            + "(guests that failed before the kill wait for their own next attempt)");
    }

    /// <summary>The silos have loaded so many guests. Nobody called any, so recovery did, and each loaded guest delivers by itself.</summary>
    private static async Task UntilLoadedAsync(IReadOnlyList<HostProcess> silos, int guests)
    {
        using var http = new HttpClient();
        await Eventually.TrueAsync(
            async () =>
            {
                var loaded = await Task.WhenAll(silos.Select(async silo =>
                    Resident().Match(await http.GetStringAsync(new Uri(silo.Address, "/metrics")))));
                return loaded.Sum(static match => match.Success ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0)
                    >= guests;
            },
            Patience, "recovery ensured delivery for every guest");
    }

    [GeneratedRegex(@"^sessions_guests_resident\S* (\d+)", RegexOptions.Multiline)]
    private static partial Regex Resident();

    private static async Task RecordAsync(SessionsClient client, string kind, int guests) => await Parallel.ForAsync(
        0, guests, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (number, _) =>
        {
            var @event = new SentEvent($"{kind}-{number}", "e");
            await Eventually.TrueAsync(
                async () => (await client.RecordAsync(@event))[0].IsAcknowledged, Patience, "it is acknowledged");
        });

    /// <summary>An event of every guest has come.</summary>
    private static Task UntilArrivedAsync(Upstream upstream, int guests)
    {
        var seen = -1L;
        return Eventually.TrueAsync(
            () =>
            {
                // Reading every arrival is dear: only once nothing moved since the last look.
                var before = seen;
                seen = upstream.Requests;
                return seen == before && upstream.Arrivals.DistinctBy(static got => got.Mark).Count() == guests;
            },
            Patience, "every guest's event arrived");
    }
}
