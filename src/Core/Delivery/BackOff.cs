namespace GuestSessions.Core.Delivery;

/// <summary>Waits between retries. Each wait is twice as long as the one before, up to the longest.</summary>
/// <param name="First">The wait after the first failure.</param>
/// <param name="Longest">The upper limit of a wait.</param>
/// <param name="Jitter">The share of a wait that is random: 0 for none of it, 1 for all of it.</param>
public sealed record BackOff(TimeSpan First, TimeSpan Longest, double Jitter = 0)
{
    private const int MostDoublings = 30;

    /// <summary>The wait before the next try.</summary>
    /// <param name="failures">Failures in a row; zero when nothing has failed yet, which needs no wait.</param>
    /// <param name="chance">Uniform in [0, 1). Without jitter it has no effect.</param>
    public TimeSpan After(int failures, double chance = 0)
    {
        if (failures <= 0)
            return TimeSpan.Zero;
        var doublings = Math.Min(failures - 1, MostDoublings);
        var whole = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * (1L << doublings));
        return TimeSpan.FromMilliseconds(whole * (1 - Jitter + (Jitter * chance)));
    }
}
