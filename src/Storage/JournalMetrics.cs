using System.Diagnostics.Metrics;

namespace GuestSessions.Storage;

/// <summary>The metrics of the journal, under the meter <see cref="MeterName"/>.</summary>
public sealed class JournalMetrics
{
    public const string MeterName = "GuestSessions.Storage";

    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _rows;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _failures;

    public JournalMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _duration = _meter.CreateHistogram<double>(
            "sessions.commit.duration", "s", "Time to write one batch and have it on disk",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                    [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
            });
        _rows = _meter.CreateHistogram<long>(
            "sessions.commit.rows", "{row}", "Rows of one batch",
            advice: new InstrumentAdvice<long>
            {
                HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
            });
        _bytes = _meter.CreateCounter<long>(
            "sessions.commit.bytes", "By", "Content of the rows written");
        _failures = _meter.CreateCounter<long>(
            "sessions.commit.failures", "{batch}", "Batches whose write failed or whose outcome had to be read back");
    }

    /// <summary>Starts to observe the number of waiting rows.</summary>
    public void Watch(Func<long> waitingRows) => _meter.CreateObservableGauge(
        "sessions.commit.waiting", waitingRows, "{row}", "Rows that the journal accepted and that are not yet in a batch");

    public void Committed(TimeSpan duration, int rows, long bytes)
    {
        _duration.Record(duration.TotalSeconds);
        _rows.Record(rows);
        _bytes.Add(bytes);
    }

    public void Failed() => _failures.Add(1);
}
