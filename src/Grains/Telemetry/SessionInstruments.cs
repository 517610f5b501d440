using System.Diagnostics;
using System.Diagnostics.Metrics;
using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;

namespace GuestSessions.Grains.Telemetry;

/// <summary>Metrics and traces of sessions and their delivery. Tags come from closed sets and never name a guest.</summary>
public sealed class SessionInstruments
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "GuestSessions";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _recorded;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _delivered;
    private readonly Counter<long> _shortWindows;
    private readonly Counter<long> _broken;

    public SessionInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _recorded = meter.CreateCounter<long>(
            "sessions.events.recorded", "{event}", "Events by the result of recording them.");
        _attempts = meter.CreateCounter<long>(
            "sessions.delivery.attempts", "{attempt}", "Delivery attempts by outcome.");
        _delivered = meter.CreateHistogram<double>(
            "sessions.delivery.delay", "s", "Time from an event's receipt to the upstream's answer, for delivered events.");
        _shortWindows = meter.CreateCounter<long>(
            "sessions.dedup.window_short", "{event}", "Events of guests whose deduplication window is under an hour.");
        _broken = meter.CreateCounter<long>(
            "sessions.activations.broken", "{activation}", "Activations ended after a failed or fenced commit.");
    }

    public void Recorded(string tenant, RecordStatus status) =>
        _recorded.Add(1, new("tenant", tenant), new("status", Names.Of(status)));

    public void WindowIsShort(string tenant) => _shortWindows.Add(1, new KeyValuePair<string, object?>("tenant", tenant));

    public void Broke(string reason) => _broken.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Attempted(StartedDelivery delivery, AttemptReport report, TimeSpan age)
    {
        var tenant = new KeyValuePair<string, object?>("tenant", delivery.Request.Tenant);
        _attempts.Add(1, tenant, new("outcome", OutcomeNames.Of(report.Outcome)));
        if (report.Outcome == AttemptOutcome.Delivered)
            _delivered.Record(age.TotalSeconds, tenant);
    }

    /// <summary>Starts a delivery's own trace, linked to the request that brought the event.</summary>
    public static Activity? StartDelivery(StartedDelivery delivery)
    {
        if (!Source.HasListeners())
            return null;
        ActivityLink[] links = ActivityContext.TryParse(delivery.TraceParent, null, out var parent)
            ? [new ActivityLink(parent)]
            : [];
        return Source.StartActivity(
            "sessions.deliver", ActivityKind.Producer, parentContext: default, tags: null, links);
    }
}
