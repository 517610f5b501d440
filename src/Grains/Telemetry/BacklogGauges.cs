using System.Diagnostics.Metrics;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Recovery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Telemetry;

/// <summary>
/// What waits and what is set aside in the whole store. One silo reads it for all of them, from the lists, so the figures may
/// be added up over silos.
/// </summary>
internal sealed partial class BacklogGauges(
    IMeterFactory meters, IGuestLists lists, IMembershipWatch membership, IOptions<SessionsOptions> options, TimeProvider time,
    ILogger<BacklogGauges> logger) : BackgroundService
{
    /// <summary>Guests counted of a tenant. It keeps a reading cheap when very much waits.</summary>
    public const int MostCounted = 100_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private volatile IReadOnlyList<(string Tenant, TenantCounts Counts)> _counts = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(SessionInstruments.Name);
        meter.CreateObservableGauge(
            "sessions.backlog.events", Events, "{event}", "Events by the state that they wait in.");
        meter.CreateObservableGauge(
            "sessions.backlog.guests", Guests, "{guest}", "Guests with undelivered events.");
        meter.CreateObservableGauge(
            "sessions.backlog.oldest_age", Ages, "s", "How long the event that waits longest has waited, by its state.");
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                _counts = membership.Share.Leads ? await ReadAsync(stoppingToken) : [];
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Old figures would look like a backlog that does not move.
                _counts = [];
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<IReadOnlyList<(string, TenantCounts)>> ReadAsync(CancellationToken cancellation)
    {
        List<(string, TenantCounts)> counts = [];
        foreach (var tenant in options.Value.Tenants.Keys)
            counts.Add((tenant, await lists.CountAsync(tenant, MostCounted, cancellation)));
        return counts;
    }

    private IEnumerable<Measurement<long>> Events() => _counts.SelectMany(static of => new Measurement<long>[]
    {
        new(of.Counts.Undelivered, Tags(of.Tenant, "undelivered")),
        new(of.Counts.Quarantined, Tags(of.Tenant, "quarantined")),
        new(of.Counts.InDoubt, Tags(of.Tenant, "in_doubt")),
    });

    private IEnumerable<Measurement<int>> Guests() => _counts.SelectMany(static of => new Measurement<int>[]
    {
        new(of.Counts.Waiting - of.Counts.Hot, [new("tenant", of.Tenant), new("hot", "false")]),
        new(of.Counts.Hot, [new("tenant", of.Tenant), new("hot", "true")]),
    });

    private IEnumerable<Measurement<double>> Ages() => _counts.SelectMany(of => new Measurement<double>[]
    {
        new(Age(of.Counts.WaitingSince), Tags(of.Tenant, "undelivered")),
        new(Age(of.Counts.QuarantinedSince), Tags(of.Tenant, "quarantined")),
        new(Age(of.Counts.InDoubtSince), Tags(of.Tenant, "in_doubt")),
    });

    private double Age(DateTimeOffset? since) =>
        since is { } then ? Math.Max(0, (time.GetUtcNow() - then).TotalSeconds) : 0;

    private static KeyValuePair<string, object?>[] Tags(string tenant, string state) =>
        [new("tenant", tenant), new("state", state)];

    [LoggerMessage(7501, LogLevel.Warning, "The backlog cannot be read for the metrics; the next reading is in 15 s.")]
    private partial void LogFailed(Exception exception);
}
