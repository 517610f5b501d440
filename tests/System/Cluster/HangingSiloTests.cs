using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>A silo that hangs breaks no connection: only its silence tells the others.</summary>
public sealed class HangingSiloTests
{
    /// <summary>Promised are about 10 s; the rest is for a busy machine. Orleans' own default would take 36 s.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_silo_that_hangs_is_declared_dead_as_soon_as_one_that_was_killed()
    {
        await using var cluster = await Topology.StartAsync(silos: 3, apis: 1);

        await cluster.Silos[0].FreezeAsync();

        await Eventually.TrueAsync(
            async () => await cluster.CountActiveAsync() < cluster.Silos.Count, Promised, "it is declared dead");
    }
}
