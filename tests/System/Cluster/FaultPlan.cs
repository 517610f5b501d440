using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>
/// How many faults of which kind a run brings. The defaults are for every run of the tests, the environment for soaks.
/// </summary>
internal sealed record FaultPlan
{
    /// <summary>Silos killed. <value>CLUSTER_KILLS, or 3</value></summary>
    public int Kills { get; init; } = Scale.Of("CLUSTER_KILLS", 3);

    /// <summary>Silos frozen until they are declared dead, and thawed. <value>CLUSTER_PAUSES, or 1</value></summary>
    public int Pauses { get; init; } = Scale.Of("CLUSTER_PAUSES", 1);

    /// <summary>Kills of the database. <value>DATABASE_KILLS, or 1</value></summary>
    public int DatabaseKills { get; init; } = Scale.Of("DATABASE_KILLS", 1);

    /// <summary>
    /// Primaries of the database that are lost for good: the standby is promoted, the old primary returns, and a new standby
    /// takes its place. <value>FAILOVERS, or 0</value>
    /// </summary>
    public int Failovers { get; init; } = Scale.Of("FAILOVERS", 0);

    /// <summary>
    /// The same, after the standby stood still for longer than a commit may take. <value>DOUBLE_LOSSES, or 0: a test of its
    /// own brings one</value>
    /// </summary>
    public int DoubleLosses { get; init; } = Scale.Of("DOUBLE_LOSSES", 0);

    /// <summary>
    /// The standby stands still for longer than a commit may take, and goes on. <value>STANDBY_LOSSES, or 0</value>
    /// </summary>
    public int StandbyLosses { get; init; } = Scale.Of("STANDBY_LOSSES", 0);

    /// <summary>
    /// The standby works only a fifth of the time. <value>SLOW_STANDBYS, or 0: a test of its own brings one</value>
    /// </summary>
    public int SlowStandbys { get; init; } = Scale.Of("SLOW_STANDBYS", 0);

    /// <summary>Rolling restarts of all silos. <value>ROLLS, or 0: a test of its own brings one</value></summary>
    public int Rolls { get; init; } = Scale.Of("ROLLS", 0);

    public int Guests { get; init; } = Scale.Of("GUESTS", 100);

    public int Seed { get; init; } = Scale.Of("SEED", 1);

    /// <summary>Events that must be acknowledged at least. <value>EVENTS, or 1,000</value></summary>
    public long Events { get; init; } = Scale.Of("EVENTS", 1_000, least: 1);

    public int Workers { get; init; } = Scale.Of("WORKERS", 8, least: 1);

    /// <summary>Events of one call, at most; the hot guest's calls stay small. <value>BATCH, or 8</value></summary>
    public int Batch { get; init; } = Scale.Of("BATCH", 8);

    /// <summary>Between two calls of one, so that every process of the cluster has a share of two cores.</summary>
    public TimeSpan Think { get; init; } = TimeSpan.FromMilliseconds(Scale.Of("THINK_MILLISECONDS", 40));

    /// <summary>Load before, between and after the faults.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(Scale.Of("SECONDS_OF_CALM", 3));

    /// <summary>For what has to come about. <value>SECONDS_OF_PATIENCE, or 180</value></summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(Scale.Of("SECONDS_OF_PATIENCE", 180));

    public int Faults => Kills + Pauses + DatabaseKills + OfStandby + Rolls;

    public bool NeedsStandby => OfStandby > 0;

    private int OfStandby => Failovers + DoubleLosses + StandbyLosses + SlowStandbys;

    /// <summary>The faults in the order in which this seed brings them.</summary>
    public IReadOnlyList<FaultKind> Shuffled()
    {
        FaultKind[] faults =
        [
            .. Enumerable.Repeat(FaultKind.Kill, Kills), .. Enumerable.Repeat(FaultKind.Pause, Pauses),
            .. Enumerable.Repeat(FaultKind.DatabaseKill, DatabaseKills), .. Enumerable.Repeat(FaultKind.Roll, Rolls),
            .. Enumerable.Repeat(FaultKind.Failover, Failovers), .. Enumerable.Repeat(FaultKind.StandbyLoss, StandbyLosses),
            .. Enumerable.Repeat(FaultKind.DoubleLoss, DoubleLosses), .. Enumerable.Repeat(FaultKind.SlowStandby, SlowStandbys),
        ];
        new Random(Seed).Shuffle(faults);
        return faults;
    }
}

internal enum FaultKind
{
    /// <summary>SIGKILL to a silo, which then starts again.</summary>
    Kill,

    /// <summary>SIGSTOP, and later SIGCONT: a silo that does not know that it was declared dead.</summary>
    Pause,

    /// <summary>SIGKILL to PostgreSQL, and a restart.</summary>
    DatabaseKill,

    /// <summary>SIGKILL to the primary for good, and the promotion of its standby.</summary>
    Failover,

    /// <summary>SIGSTOP to the standby, SIGKILL to the primary for good, and the promotion of the standby.</summary>
    DoubleLoss,

    /// <summary>SIGSTOP to the standby, and later SIGCONT.</summary>
    StandbyLoss,

    /// <summary>SIGSTOP and SIGCONT to the standby, again and again.</summary>
    SlowStandby,

    /// <summary>SIGTERM to one silo after the other, each started again.</summary>
    Roll,
}
