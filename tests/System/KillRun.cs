using System.Globalization;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>One run: load, kills and restarts, then quiet, and the history of it all.</summary>
internal sealed class KillRun : IAsyncDisposable
{
    /// <summary>One in flight per guest, and not more than this in all: left in doubt by a kill.</summary>
    private const int InFlight = 64;

    private static readonly TimeSpan UpstreamLatency = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly KillPlan _plan;
    private readonly Upstream _upstream;
    private readonly SiloProcess _silo;
    private readonly SessionsClient _client;
    private readonly Workload _workload;
    private readonly List<TimeSpan> _recoveries = [];

    private KillRun(KillPlan plan, Upstream upstream)
    {
        _plan = plan;
        _upstream = upstream;
        _silo = new SiloProcess(
            upstream.Address, ("Delivery:InFlight", InFlight.ToString(CultureInfo.InvariantCulture)));
        _client = new SessionsClient(_silo.Address);
        _workload = new Workload(_client, plan.Guests, plan.Seed);
    }

    public long Acknowledged => _workload.Acknowledged;

    public static async Task<KillRun> PrepareAsync(KillPlan plan) =>
        new(plan, await Upstream.StartAsync(UpstreamLatency));

    public async Task<History> CompleteAsync()
    {
        await _silo.StartAsync();
        using var end = new CancellationTokenSource();
        var load = _workload.RunAsync(_plan.Workers, end.Token);
        var random = new Random(_plan.Seed);
        var step = _plan.Load / (_plan.Kills + 1);
        for (var kill = 0; kill < _plan.Kills; kill++)
        {
            await Eventually.ElapseAsync(step * (0.5 + random.NextDouble()));
            await KillAndRestartAsync();
        }

        await Eventually.ElapseAsync(step);
        await Eventually.TrueAsync(
            () => Acknowledged >= _plan.Events || load.IsCompleted, Patience, "enough is acknowledged");
        await end.CancelAsync();
        await load;

        // Nobody calls the service here: what is left has to go by itself.
        await DeliverByItselfAsync();
        return await HistoryReader.ReadAsync(
            _client, _workload.Guests, _upstream, _plan.Kills * Math.Min(InFlight, _plan.Guests), Patience);
    }

    public string Figures(History history, IReadOnlyList<Violation> violations)
    {
        var events = history.Timelines.Values.SelectMany(static timeline => timeline).ToList();
        var recoveries = string.Join(' ', _recoveries.Select(static time =>
            time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)));
        var duplicates = history.Arrivals.Count - history.Arrivals.DistinctBy(static got => got.Mark).Count();
        return string.Create(CultureInfo.InvariantCulture, $"""
            kills {_plan.Kills}, guests {_plan.Guests}, seed {_plan.Seed}
            acknowledged {Acknowledged}, calls {history.Recordings.Count}, reads {history.Sightings.Count}
            unknown outcomes {history.Recordings.Count(static call => call.EventStatus == EventStatus.Unknown)}
            lost {violations.Count(static found => found.Invariant == "I1")}
            reordered {violations.Count(static found => found.Invariant == "I2")}
            duplicates upstream {duplicates} (in flight at the kills at most {history.InFlightAtFaults})
            marked possibly duplicate {events.Count(static e => e.PossiblyDuplicate)}
            held in doubt {events.Count(static e => e.State == "in_doubt")}
            kill to ready (s) {recoveries}
            """);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _silo.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    private async Task KillAndRestartAsync()
    {
        var killed = TimeProvider.System.GetTimestamp();
        await _silo.KillAsync();
        await _silo.StartAsync();
        _recoveries.Add(TimeProvider.System.GetElapsedTime(killed));
    }

    /// <summary>Every event whose type is sent again when in doubt has to arrive.</summary>
    private Task DeliverByItselfAsync()
    {
        var due = _client.Log.Recordings
            .Where(call => call.IsAcknowledged && !SentEvent.IsOrderMark(call.Mark))
            .Select(static call => call.Mark)
            .ToHashSet();
        var seen = 0L;
        return Eventually.TrueAsync(
            () =>
            {
                // Reading every arrival is dear: only once nothing moved since the last look.
                var before = seen;
                seen = _upstream.Requests;
                if (seen != before)
                    return false;
                due.ExceptWith(_upstream.Arrivals.Select(static arrival => arrival.Mark));
                return due.Count == 0;
            },
            Patience, "every line is empty");
    }
}
