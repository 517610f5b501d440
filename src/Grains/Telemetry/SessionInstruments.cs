using System.Diagnostics;
using System.Diagnostics.Metrics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Operations;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Guests.Browsers;
using GuestSessions.Grains.History;

namespace GuestSessions.Grains.Telemetry;

/// <summary>Metrics and traces of sessions and their delivery. Tags come from closed sets and never name a guest.</summary>
public sealed class SessionInstruments
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "GuestSessions";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The same counts, for the history that people see.</summary>
    public TenantTallies Tallies { get; } = new();

    private readonly Counter<long> _recorded;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _delivered;
    private readonly Counter<long> _shortWindows;
    private readonly Counter<long> _broken;
    private readonly Counter<long> _claimed;
    private readonly Counter<long> _ensured;
    private readonly Histogram<double> _sweeps;
    private readonly Counter<long> _operations;
    private readonly Counter<long> _erased;
    private readonly Counter<long> _dropped;

    public SessionInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _recorded = meter.CreateCounter<long>(
            "sessions.events.recorded", "{event}", "Events that reached their guest, by the result of recording them.");
        _attempts = meter.CreateCounter<long>(
            "sessions.delivery.attempts", "{attempt}", "Delivery attempts by outcome.");
        _delivered = meter.CreateHistogram<double>(
            "sessions.delivery.delay", "s", "Time from an event's receipt to the upstream's answer, for delivered events.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = DelayBuckets.Bounds,
            });
        _shortWindows = meter.CreateCounter<long>(
            "sessions.dedup.window_short", "{event}", "Events of guests whose deduplication window is under an hour.");
        _broken = meter.CreateCounter<long>(
            "sessions.activations.broken", "{activation}", "Activations ended after a failed or fenced commit.");
        _claimed = meter.CreateCounter<long>(
            "sessions.browsers.claimed", "{claim}", "Claims of browser ids by guests, by how they ended.");
        _ensured = meter.CreateCounter<long>(
            "sessions.recovery.guests", "{guest}", "Guests whose delivery recovery ensured.");
        _sweeps = meter.CreateHistogram<double>(
            "sessions.recovery.duration", "s", "Duration of a sweep of recovery that found guests.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 300] });
        _operations = meter.CreateCounter<long>(
            "sessions.operations.ended", "{operation}", "Long operations that ended, by how.");
        _erased = meter.CreateCounter<long>("sessions.guests.erased", "{guest}", "Guests and browsers that were erased.");
        _dropped = meter.CreateCounter<long>(
            "sessions.events.dropped", "{event}", "Events that were dropped instead of being sent, by the reason.");
    }

    public void Recorded(string tenant, RecordResult result)
    {
        _recorded.Add(1, new("tenant", tenant), new("status", Names.Of(result.Status)), new("code", result.Code ?? ""));
        if (result.Status == RecordStatus.Accepted)
            Tallies.Accepted(tenant);
    }

    /// <param name="result">How the claim ended.</param>
    internal void Claimed(string tenant, ClaimOutcome result) => _claimed.Add(
        1, new("tenant", tenant),
        new("result", result.IsMoved ? "moved" : result.Link is null ? "busy" : "linked"));

    /// <summary>Recovery went over the guests of this silo's share.</summary>
    public void Swept(int guests, TimeSpan duration)
    {
        _ensured.Add(guests);
        _sweeps.Record(duration.TotalSeconds);
    }

    /// <param name="kind">See <see cref="OperationRecord.Kind"/>.</param>
    public void OperationEnded(string tenant, string kind, bool hasFailed) => _operations.Add(
        1, new("tenant", tenant), new("kind", kind), new("result", hasFailed ? "failed" : "done"));

    public void Erased(string tenant) => _erased.Add(1, new KeyValuePair<string, object?>("tenant", tenant));

    /// <param name="reason">The code of the reason.</param>
    public void Dropped(string tenant, string reason) => _dropped.Add(1, new("tenant", tenant), new("reason", reason));

    public void WindowIsShort(string tenant) => _shortWindows.Add(1, new KeyValuePair<string, object?>("tenant", tenant));

    public void Broke(string reason) => _broken.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Attempted(StartedDelivery delivery, AttemptReport report, TimeSpan age)
    {
        var tenant = new KeyValuePair<string, object?>("tenant", delivery.Request.Tenant);
        _attempts.Add(1, tenant, new("outcome", OutcomeNames.Of(report.Outcome)));
        if (report.Outcome != AttemptOutcome.Delivered)
            return;
        _delivered.Record(age.TotalSeconds, tenant);
        Tallies.Delivered(delivery.Request.Tenant, age);
    }

    /// <summary>
    /// Starts the span of a delivery in the trace of the request that brought the event, however long ago that was. Null if
    /// that request is not traced.
    /// </summary>
    public static Activity? StartDelivery(StartedDelivery delivery) =>
        delivery.TraceParent is not null && Source.HasListeners()
            && ActivityContext.TryParse(delivery.TraceParent, null, isRemote: true, out var request)
            ? Source.StartActivity("sessions.deliver", ActivityKind.Producer, request)
            : null;
}
