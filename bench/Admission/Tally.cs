namespace GuestSessions.Bench.Admission;

/// <summary>What happened in a run, in steps of 100 ms.</summary>
internal sealed class Tally(SimulatedTime time, double seconds)
{
    public const double Step = 0.1;

    private readonly List<(double At, double Took)> _acknowledged = [];
    private readonly List<(double At, double Took)> _refused = [];
    private readonly Instant[] _instants =
        [.. Enumerable.Range(0, (int)Math.Round(seconds / Step)).Select(static _ => new Instant())];

    private int _inFlight;

    public IReadOnlyList<Instant> Instants => _instants;

    private Instant This => _instants[Math.Min(_instants.Length - 1, (int)(time.Now / Step))];

    public void Entered() => This.InFlight = Math.Max(This.InFlight, ++_inFlight);

    public void Acknowledged(double took)
    {
        This.InFlight = Math.Max(This.InFlight, _inFlight--);
        This.Acknowledged++;
        _acknowledged.Add((time.Now, took));
    }

    public void Refused(double took)
    {
        This.Refused++;
        _refused.Add((time.Now, took));
    }

    public void Delivered() => This.Delivered++;

    public void Unsent() => This.Unsent++;

    public void LimitIs(double limit)
    {
        This.Limit = limit;
        This.InFlight = Math.Max(This.InFlight, _inFlight);
    }

    public double PerSecond(double from, double until, Func<Instant, int> what) =>
        Between(from, until).Sum(what) / (until - from);

    /// <summary>Refused, of all answers.</summary>
    public double RefusedShare(double from, double until)
    {
        var refused = PerSecond(from, until, static instant => instant.Refused);
        var acknowledged = PerSecond(from, until, static instant => instant.Acknowledged);
        return refused == 0 ? 0 : refused / (refused + acknowledged);
    }

    /// <summary>Milliseconds to an acknowledgement.</summary>
    public double AcknowledgedMs(double share, double from, double until) => At(_acknowledged, share, from, until);

    /// <summary>Milliseconds to a refusal; null where there was none.</summary>
    public double RefusedMs(double share, double from, double until) => At(_refused, share, from, until);

    /// <summary>How much the number in flight varies: the standard deviation by the mean.</summary>
    public double Oscillation(double from, double until)
    {
        var inFlight = Between(from, until).Select(static instant => (double)instant.InFlight).ToList();
        var mean = inFlight.Average();
        return mean == 0 ? 0 : Math.Sqrt(inFlight.Average(value => (value - mean) * (value - mean))) / mean;
    }

    /// <summary>Seconds from an instant until half a second with as much as before and nothing refused.</summary>
    public double? Recovery(double from, double until, double perSecond)
    {
        for (var at = from; at + 0.5 <= until; at += Step)
        {
            if (PerSecond(at, at + 0.5, static instant => instant.Acknowledged) >= 0.85 * perSecond
                && PerSecond(at, at + 0.5, static instant => instant.Refused) == 0)
                return at - from;
        }

        return null;
    }

    private ArraySegment<Instant> Between(double from, double until)
    {
        var first = (int)Math.Round(from / Step);
        return new ArraySegment<Instant>(_instants, first, (int)Math.Round(until / Step) - first);
    }

    private static double At(List<(double At, double Took)> all, double share, double from, double until)
    {
        var sorted = all.Where(one => one.At >= from && one.At < until).Select(static one => one.Took).Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))] * 1_000;
    }
}

/// <summary>A step of a run.</summary>
internal sealed class Instant
{
    public int Acknowledged { get; set; }

    public int Refused { get; set; }

    public int Delivered { get; set; }

    public int Unsent { get; set; }

    /// <summary>The most in flight.</summary>
    public int InFlight { get; set; }

    public double Limit { get; set; }

    /// <summary>Of the calls that were answered.</summary>
    public double RefusedShare => Refused == 0 ? 0 : (double)Refused / (Refused + Acknowledged);
}
