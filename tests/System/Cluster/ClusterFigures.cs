using System.Globalization;
using GuestSessions.SystemTests.Histories;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>What a run saw, in numbers.</summary>
internal sealed record ClusterFigures
{
    public required FaultPlan Plan { get; init; }
    public required History History { get; init; }
    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>Different events that were accepted.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>The longest that a call took with all its retries.</summary>
    public required TimeSpan Longest { get; init; }

    /// <summary>While there was load.</summary>
    public required TimeSpan Load { get; init; }

    /// <summary>From the thaw of each zombie to its end.</summary>
    public required IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Zombies { get; init; }

    /// <summary>Silos that ended themselves.</summary>
    public required int Ends { get; init; }

    public required Answers Answers { get; init; }

    /// <summary>Every arrival of an event after its first.</summary>
    public IReadOnlyList<UpstreamArrival> Duplicates
    {
        get
        {
            var seen = new HashSet<string>();
            return [.. History.Arrivals.Where(arrival => !seen.Add(arrival.Mark))];
        }
    }

    public override string ToString()
    {
        var events = History.Timelines.Values.SelectMany(static timeline => timeline).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"""
            kills {Plan.Kills}, pauses {Plan.Pauses}, database kills {Plan.DatabaseKills}, failovers {Plan.Failovers}, both lost {Plan.DoubleLosses}, standby lost {Plan.StandbyLosses}, slow {Plan.SlowStandbys}, rolls {Plan.Rolls}, seed {Plan.Seed}
            guests {Plan.Guests}, load for {Load.TotalSeconds:0} s
            acknowledged {Acknowledged}, calls {Calls}, reads {History.Sightings.Count}
            outcomes unknown, asked again {Count(EventStatus.Unknown)}; refused, asked again {Count(EventStatus.Retry)}; then all known
            the longest call, with its retries (s) {Longest.TotalSeconds:0.0}
            violations {Violations.Count}: {string.Join(", ", Invariants.Select(name => $"{name} {Found(name)}"))}
            duplicates upstream {Duplicates.Count} (in flight at the faults at most {History.InFlightAtFaults})
            stale sends: duplicates while a zombie was awake {Duplicates.Count(IsByZombie)}
            marked possibly duplicate {events.Count(static e => e.PossiblyDuplicate)}
            held in doubt {events.Count(static e => e.State == "in_doubt")}
            silos that ended themselves {Ends}
            a guest answers again after a kill (s): {Answers.Text(Answers.AfterKills)}
            a guest answers again after the database is back (s): {Answers.Text(Answers.AfterDatabase)}
            a guest answers again after a standby was promoted (s): {Answers.Text(Answers.AfterFailovers)}
            """);
    }

    /// <summary>Lost, reordered, an unmarked duplicate, and so on.</summary>
    private static readonly string[] Invariants = ["I1", "I2", "I3", "I4", "I5", "I6", "I7"];

    private int Calls => History.Recordings.DistinctBy(static recording => recording.Invoked).Count();

    private int Count(EventStatus status) => History.Recordings.Count(recording => recording.EventStatus == status);

    private int Found(string invariant) => Violations.Count(found => found.Invariant == invariant);

    private bool IsByZombie(UpstreamArrival arrival) =>
        Zombies.Any(zombie => zombie.From <= arrival.At && arrival.At <= zombie.To);
}
