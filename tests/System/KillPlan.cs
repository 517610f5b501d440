using System.Globalization;

namespace GuestSessions.SystemTests;

/// <summary>
/// How long and how hard a run is. The defaults are for every run of the tests, the environment for soaks.
/// </summary>
internal sealed record KillPlan
{
    /// <summary>Kills. <value>KILLS, or 5</value></summary>
    public int Kills { get; init; } = 5;

    /// <summary>Guests, one of them hot. <value>GUESTS, or 200</value></summary>
    public int Guests { get; init; } = 200;

    /// <summary>Load between restarts, added up. <value>SECONDS_OF_LOAD, or 12 s</value></summary>
    public TimeSpan Load { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Events that must be acknowledged at least. <value>10,000</value></summary>
    public long Events { get; init; } = 10_000;

    /// <summary>Of the load and of the moments of the kills. <value>SEED, or 1</value></summary>
    public int Seed { get; init; } = 1;

    public int Workers { get; init; } = 32;

    public static KillPlan FromEnvironment()
    {
        var plan = new KillPlan();
        return plan with
        {
            Kills = Read("KILLS") ?? plan.Kills,
            Guests = Read("GUESTS") ?? plan.Guests,
            Load = Read("SECONDS_OF_LOAD") is { } seconds ? TimeSpan.FromSeconds(seconds) : plan.Load,
            Seed = Read("SEED") ?? plan.Seed,
        };
    }

    private static int? Read(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
