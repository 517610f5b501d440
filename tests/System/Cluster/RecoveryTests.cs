using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>Row 17 of the fault plan: guests with undelivered events among others, and every silo killed.</summary>
public sealed class RecoveryTests(ITestOutputHelper output)
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
        await UntilArrivedAsync(cluster.Upstream, stored + waiting);

        var after = cluster.Upstream.Arrivals
            .Where(got => got.At > started).Select(got => got.At - started).Order().ToList();
        output.WriteLine(
            $"{waiting} guests of {stored + waiting} resumed: the first {after[0].TotalSeconds:0.0} s after the start of the "
            + $"processes, the last {after[^1].TotalSeconds:0.0} s");
    }

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
