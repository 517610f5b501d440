using GuestSessions.PostgresKit;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;
using Npgsql;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>One run: load on a cluster, fault after fault, then quiet, and the history of it all.</summary>
internal sealed class ClusterRun : IAsyncDisposable
{
    private static readonly TimeSpan UpstreamLatency = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan DatabaseOutage = TimeSpan.FromSeconds(2);

    /// <summary>Longer than the service waits for a commit.</summary>
    private static readonly TimeSpan StandbyOutage = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Stop = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly FaultPlan _plan;
    private readonly Action<string> _progress;
    private readonly Topology _cluster;
    private readonly SessionsClient _client;
    private readonly Workload _workload;
    private readonly Answers _answers;
    private readonly Random _random;
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _zombies = [];
    private TimeSpan _loaded;

    private ClusterRun(FaultPlan plan, Topology cluster, Action<string> progress)
    {
        _plan = plan;
        _progress = progress;
        _cluster = cluster;
        _client = new SessionsClient(cluster.Addresses);
        _workload = new Workload(_client, plan.Guests, plan.Seed, plan.Think, plan.Batch);
        _answers = new Answers(_client, _workload.Guests, plan.Patience);
        _random = new Random(plan.Seed);
    }

    public long Acknowledged => _workload.Acknowledged;

    /// <summary>Until each guest answered again after a kill, over all kills.</summary>
    public IReadOnlyList<TimeSpan> Recoveries => _answers.AfterKills;

    /// <summary>The same after a database that came back.</summary>
    public IReadOnlyList<TimeSpan> DatabaseRecoveries => _answers.AfterDatabase;

    /// <summary>The same after a standby was promoted.</summary>
    public IReadOnlyList<TimeSpan> FailoverRecoveries => _answers.AfterFailovers;

    private TimeSpan Patience => _plan.Patience;

    /// <param name="plan">What it goes through.</param>
    /// <param name="progress">Hears of every fault: a soak takes hours.</param>
    public static async Task<ClusterRun> PrepareAsync(FaultPlan plan, Action<string> progress) =>
        new(plan, await Topology.StartAsync(upstreamLatency: UpstreamLatency, withStandby: plan.NeedsStandby), progress);

    public async Task<History> CompleteAsync()
    {
        using var end = new CancellationTokenSource();
        var began = TimeProvider.System.GetTimestamp();
        var load = _workload.RunAsync(_plan.Workers, end.Token);
        await UntilAcknowledgedAsync(_plan.Guests, load);
        foreach (var (number, fault) in _plan.Shuffled().Index())
        {
            await Eventually.ElapseAsync(_plan.Calm);
            await BringAsync(fault);
            var at = TimeProvider.System.GetElapsedTime(began);
            _progress($"{at:hh\\:mm\\:ss} fault {number + 1}, {fault}: {Acknowledged} acknowledged, {_cluster.Upstream.Requests} sent");
        }

        await UntilAcknowledgedAsync(_plan.Events, load);
        await Eventually.ElapseAsync(_plan.Calm);
        _loaded = TimeProvider.System.GetElapsedTime(began);
        await end.CancelAsync();
        await load;
        await _answers.FromEveryGuestAsync();
        await (Topology.LosesCommits
            ? Quiet.UntilNothingMovesAsync(_cluster.Upstream)
            : Quiet.UntilDeliveredAsync(_client.Log, _cluster.Upstream, Patience));
        return await HistoryReader.ReadAsync(
            _client, _workload.Guests, _cluster.Upstream,
            _plan.Faults * Math.Min(Topology.InFlight * _cluster.Silos.Count, _plan.Guests), Patience);
    }

    public ClusterFigures Figures(History history, IReadOnlyList<Violation> violations) => new()
    {
        Plan = _plan,
        History = history,
        Violations = violations,
        Acknowledged = Acknowledged,
        Longest = _workload.Longest,
        Load = _loaded,
        Zombies = _zombies,
        Ends = _cluster.Silos.Sum(static silo => silo.Ends),
        Answers = _answers,
    };

    public string Tell(string message) => _cluster.Tell(message);

    /// <summary>What the service knows of the events that may have arrived twice, and what every host said.</summary>
    public async Task<string> TellOfDoubtAsync(History history)
    {
        List<string> told = [];
        foreach (var (guest, timeline) in history.Timelines)
        {
            foreach (var @event in timeline.Where(static @event => @event.IsInDoubt))
                told.Add($"{guest}: {await _client.ReadEventAsync(guest, @event.EventId)}");
        }

        return Tell(string.Join('\n', told));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    private async Task UntilAcknowledgedAsync(long events, Task load)
    {
        await Eventually.TrueAsync(
            () => Acknowledged >= events || load.IsCompleted, Patience, $"{events} events are acknowledged");
        if (load.IsCompleted)
            await load; // It does not end by itself: what it met is what there is to tell.
    }

    private Task BringAsync(FaultKind fault) => fault switch
    {
        FaultKind.Kill => KillAsync(),
        FaultKind.Pause => PauseAsync(),
        FaultKind.DatabaseKill => KillDatabaseAsync(),
        FaultKind.Failover => FailOverAsync(),
        FaultKind.DoubleLoss => LoseBothAsync(),
        FaultKind.StandbyLoss => LoseStandbyAsync(),
        FaultKind.SlowStandby => SlowStandbyAsync(),
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
        var thawed = TimeProvider.System.GetUtcNow();
        await silo.ThawAsync();
        // Orleans ends a silo that finds itself declared dead, and its supervisor starts it again.
        await Eventually.TrueAsync(() => silo.Ends > ends, Patience, "the zombie ended itself");
        _zombies.Add((thawed, TimeProvider.System.GetUtcNow()));
        await silo.WaitUntilReadyAsync();
    }

    private async Task KillDatabaseAsync()
    {
        await _cluster.Database.StopAsync(PostgresStop.Kill);
        await Eventually.ElapseAsync(DatabaseOutage);
        await _cluster.Database.StartAsync();
        await _answers.TimeAfterDatabaseAsync();
    }

    /// <summary>
    /// The old primary returns on the address that the hosts try first. It would take reads and, alone as it is, writes.
    /// </summary>
    private async Task FailOverAsync()
    {
        var old = await _cluster.FailOverAsync();
        await _answers.TimeAfterFailoverAsync();
        await old.StartAsync();
        await old.WaitForStandbysAsync("");
        var before = await CommitsAsync(old);
        await Eventually.ElapseAsync(_plan.Calm);
        if (await CommitsAsync(old) != before)
            throw new InvalidOperationException("The old primary took a commit.");
        await old.StopAsync();
        await _cluster.ReplaceAsync(old);
    }

    /// <summary>What only the primary got meanwhile was acknowledged to nobody, so that nobody misses it.</summary>
    private async Task LoseBothAsync()
    {
        _cluster.Standby!.Freeze(true);
        await Eventually.ElapseAsync(StandbyOutage);
        await _cluster.Database.StopAsync(PostgresStop.Kill);
        _cluster.Standby.Freeze(false);
        await FailOverAsync();
    }

    private async Task SlowStandbyAsync()
    {
        for (var elapsed = TimeSpan.Zero; elapsed < StandbyOutage; elapsed += Stop + Step)
        {
            _cluster.Standby!.Freeze(true);
            await Eventually.ElapseAsync(Stop);
            _cluster.Standby.Freeze(false);
            await Eventually.ElapseAsync(Step);
        }

        await _answers.TimeAfterDatabaseAsync();
    }

    /// <summary>No commit can be acknowledged; the load gets refusals until the standby is back.</summary>
    private async Task LoseStandbyAsync()
    {
        _cluster.Standby!.Freeze(true);
        await Eventually.ElapseAsync(StandbyOutage);
        _cluster.Standby.Freeze(false);
        await _answers.TimeAfterDatabaseAsync();
    }

    private async Task<long> CommitsAsync(PostgresServer server)
    {
        var database = new NpgsqlConnectionStringBuilder(_cluster.ConnectionString).Database!;
        return (await PostgresServer.ReadAsync<long>(
            server.ConnectionString(database), "SELECT coalesce(sum(version), 0)::bigint FROM head"))[0];
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
