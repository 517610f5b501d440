using System.Globalization;
using GuestSessions.PostgresKit;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>One run: load on a cluster, fault after fault, then quiet, and the history of it all.</summary>
internal sealed class ClusterRun : IAsyncDisposable
{
    private static readonly TimeSpan UpstreamLatency = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan DatabaseOutage = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly FaultPlan _plan;
    private readonly Topology _cluster;
    private readonly SessionsClient _client;
    private readonly Workload _workload;
    private readonly Answers _answers;
    private readonly Random _random;

    private ClusterRun(FaultPlan plan, Topology cluster)
    {
        _plan = plan;
        _cluster = cluster;
        _client = new SessionsClient(cluster.Addresses);
        _workload = new Workload(_client, plan.Guests, plan.Seed, plan.Think);
        _answers = new Answers(_client, _workload.Guests, Patience);
        _random = new Random(plan.Seed);
    }

    public long Acknowledged => _workload.Acknowledged;

    /// <summary>Until each guest answered again after a kill, over all kills.</summary>
    public IReadOnlyList<TimeSpan> Recoveries => _answers.AfterKills;

    /// <summary>The same after a database that came back.</summary>
    public IReadOnlyList<TimeSpan> DatabaseRecoveries => _answers.AfterDatabase;

    public static async Task<ClusterRun> PrepareAsync(FaultPlan plan) =>
        new(plan, await Topology.StartAsync(upstreamLatency: UpstreamLatency));

    public async Task<History> CompleteAsync()
    {
        using var end = new CancellationTokenSource();
        var load = _workload.RunAsync(_plan.Workers, end.Token);
        await Eventually.TrueAsync(() => Acknowledged > _plan.Guests, Patience, "the load runs");
        foreach (var fault in _plan.Shuffled())
        {
            await Eventually.ElapseAsync(_plan.Calm);
            await BringAsync(fault);
        }

        await Eventually.ElapseAsync(_plan.Calm);
        await end.CancelAsync();
        await load;
        await _answers.FromEveryGuestAsync();
        await Quiet.UntilDeliveredAsync(_client.Log, _cluster.Upstream, Patience);
        return await HistoryReader.ReadAsync(
            _client, _workload.Guests, _cluster.Upstream,
            _plan.Faults * Math.Min(Topology.InFlight * _cluster.Silos.Count, _plan.Guests), Patience);
    }

    public string Figures(History history, IReadOnlyList<Violation> violations)
    {
        var events = history.Timelines.Values.SelectMany(static timeline => timeline).ToList();
        var duplicates = history.Arrivals.Count - history.Arrivals.DistinctBy(static got => got.Mark).Count();
        return string.Create(CultureInfo.InvariantCulture, $"""
            kills {_plan.Kills}, pauses {_plan.Pauses}, database kills {_plan.DatabaseKills}, rolls {_plan.Rolls}, seed {_plan.Seed}
            acknowledged {Acknowledged}, calls {history.Recordings.Count}, reads {history.Sightings.Count}
            unknown outcomes, all asked again {history.Recordings.Count(static call => call.Verdict == Verdict.Unknown)}
            lost {violations.Count(static found => found.Invariant == "I1")}
            reordered {violations.Count(static found => found.Invariant == "I2")}
            duplicates upstream {duplicates} (in flight at the faults at most {history.InFlightAtFaults})
            marked possibly duplicate {events.Count(static e => e.PossiblyDuplicate)}
            held in doubt {events.Count(static e => e.State == "in_doubt")}
            silos that ended themselves {_cluster.Silos.Sum(static silo => silo.Ends)}
            a guest answers again after a kill (s): {Answers.Text(Recoveries)}
            a guest answers again after the database is back (s): {Answers.Text(DatabaseRecoveries)}
            """);
    }

    public string Tell(string message) => string.Join('\n', _cluster.Silos.Concat(_cluster.Apis)
        .Select(static host => host.Tell("")).Prepend(message));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    private Task BringAsync(FaultKind fault) => fault switch
    {
        FaultKind.Kill => KillAsync(),
        FaultKind.Pause => PauseAsync(),
        FaultKind.DatabaseKill => KillDatabaseAsync(),
        FaultKind.Roll => RollAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private async Task KillAsync()
    {
        var silo = AnySilo();
        await silo.KillAsync();
        await _answers.TimeAfterKillAsync();
        await silo.StartAsync();
    }

    /// <summary>The others take over; then the zombie wakes, with permits, activations and requests of its past.</summary>
    private async Task PauseAsync()
    {
        var silo = AnySilo();
        var ends = silo.Ends;
        await silo.FreezeAsync();
        await Eventually.TrueAsync(
            async () => await _cluster.CountActiveAsync() < _cluster.Silos.Count, Patience, "it is declared dead");
        await silo.ThawAsync();
        // Orleans ends a silo that finds itself declared dead, and its supervisor starts it again.
        await Eventually.TrueAsync(() => silo.Ends > ends, Patience, "the zombie ended itself");
        await silo.WaitUntilReadyAsync();
    }

    private async Task KillDatabaseAsync()
    {
        await _cluster.Database.StopAsync(PostgresStop.Kill);
        await Eventually.ElapseAsync(DatabaseOutage);
        await _cluster.Database.StartAsync();
        await _answers.TimeAfterDatabaseAsync();
    }

    private async Task RollAsync()
    {
        foreach (var silo in _cluster.Silos)
        {
            var exitCode = await silo.StopAsync();
            if (exitCode != 0)
                throw new InvalidOperationException(silo.Tell($"A silo that was told to stop exited with {exitCode}."));
            await silo.StartAsync();
        }
    }

    private HostProcess AnySilo() => _cluster.Silos[_random.Next(_cluster.Silos.Count)];
}
