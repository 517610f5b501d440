namespace GuestSessions.Bench.Load;

internal static class Latencies
{
    /// <summary>The latency that a share of all does not exceed; not a number without any.</summary>
    public static double At(this List<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    /// <summary>The middle of values in any order, or of the two in the middle.</summary>
    public static double Median(this IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
