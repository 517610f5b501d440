using System.Diagnostics.Metrics;
using GuestSessions.Core.Delivery;

namespace GuestSessions.StreamApi;

/// <summary>The metrics of the upstream.</summary>
internal sealed class UpstreamInstruments
{
    public const string MeterName = "GuestSessions.StreamApi";

    private readonly Histogram<double> _duration;

    public UpstreamInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram(
            "sessions.upstream.request.duration", "s", "Duration of attempts to reach the Stream API.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            });
    }

    public void Attempted(string tenant, AttemptReport attempt) => _duration.Record(
        attempt.Duration.TotalSeconds,
        new("tenant", tenant),
        new("outcome", OutcomeNames.Of(attempt.Outcome)));
}
