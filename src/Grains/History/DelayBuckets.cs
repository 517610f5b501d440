namespace GuestSessions.Grains.History;

/// <summary>The delay of deliveries in fixed buckets, so that the counts of several silos can be added up.</summary>
public static class DelayBuckets
{
    /// <summary>Upper bounds in seconds. One more bucket has what took longer.</summary>
    public static IReadOnlyList<double> Bounds { get; } =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];

    public static int Count => Bounds.Count + 1;

    public static int IndexOf(TimeSpan delay)
    {
        var seconds = delay.TotalSeconds;
        var at = 0;
        while (at < Bounds.Count && seconds > Bounds[at])
            at++;
        return at;
    }

    /// <summary>
    /// The bound that a part of the events did not exceed; null without events. For what took longer than the last bound, it
    /// is the last bound.
    /// </summary>
    /// <param name="part">Of one.</param>
    public static TimeSpan? Quantile(IReadOnlyList<long> counts, double part)
    {
        var rank = Math.Ceiling(counts.Sum() * part);
        if (rank <= 0)
            return null;
        var (at, seen) = (0, counts[0]);
        while (seen < rank)
            seen += counts[++at];
        return TimeSpan.FromSeconds(Bounds[Math.Min(at, Bounds.Count - 1)]);
    }
}
