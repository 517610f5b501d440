using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests;

/// <summary>
/// How long and how hard a run is. The defaults are for every run of the tests, the environment for soaks.
/// </summary>
internal sealed record KillPlan
{
    /// <summary>Kills. <value>KILLS, or 5</value></summary>
    public int Kills { get; init; } = Scale.Of("KILLS", 5);

    /// <summary>Guests, one of them hot. <value>GUESTS, or 200</value></summary>
    public int Guests { get; init; } = Scale.Of("GUESTS", 200);

    /// <summary>Load between restarts, added up. <value>SECONDS_OF_LOAD, or 12 s</value></summary>
    public TimeSpan Load { get; init; } = TimeSpan.FromSeconds(Scale.Of("SECONDS_OF_LOAD", 12));

    /// <summary>Events that must be acknowledged at least. <value>10,000</value></summary>
    public long Events { get; init; } = 10_000;

    /// <summary>Of the load and of the moments of the kills. <value>SEED, or 1</value></summary>
    public int Seed { get; init; } = Scale.Of("SEED", 1);

    public int Workers { get; init; } = 32;
}
