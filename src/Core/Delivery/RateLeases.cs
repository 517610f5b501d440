namespace GuestSessions.Core.Delivery;

/// <summary>A part of a tenant's rate, for a time.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="For">How long it is good, from the moment it was asked for.</param>
public readonly record struct RateLease(double Rate, TimeSpan For);

/// <summary>
/// Divides a tenant's rate over its silos by how much each has to send. What is leased out never exceeds the rate: a
/// silo that takes more waits until another's lease shrinks at its renewal, or runs out. Pure: time is an argument.
/// </summary>
/// <param name="rate">Requests a second over all silos.</param>
/// <param name="length">How long a lease is good without renewal.</param>
/// <param name="settledAt">
/// Until then, leases of an earlier owner of this table may be out that nobody here knows of: silos keep what they say they
/// hold, and nobody gets more.
/// </param>
public sealed class RateLeases(double rate, TimeSpan length, TimeSpan settledAt)
{
    /// <summary>However little a silo has to send, it gets this part of an equal share: a first guest must not wait.</summary>
    private const double Least = 0.1;

    private readonly Dictionary<string, (double Rate, TimeSpan Until, double Weight)> _out = [];

    /// <summary>What is leased out.</summary>
    public double LeasedAt(TimeSpan now) => _out.Values.Where(lease => lease.Until > now).Sum(static lease => lease.Rate);

    /// <summary>Renews a silo's lease, or gives it its first.</summary>
    /// <param name="silo">Who asks.</param>
    /// <param name="held">What it holds still, by its own word.</param>
    /// <param name="weight">How much it has to send, against the others; above 0.</param>
    /// <param name="now">Monotonic time.</param>
    public RateLease Renew(string silo, double held, double weight, TimeSpan now)
    {
        foreach (var (gone, _) in _out.Where(lease => lease.Value.Until <= now).ToList())
            _out.Remove(gone);
        var others = _out.Where(lease => lease.Key != silo).Select(static lease => lease.Value).ToList();
        var free = Math.Max(0, rate - others.Sum(static lease => lease.Rate));
        var least = rate * Least / (others.Count + 1);
        var share = now < settledAt
            ? held
            : Math.Clamp(
                rate * weight / (weight + others.Sum(static lease => lease.Weight)), least, rate - (least * others.Count));
        var granted = Math.Min(share, free);
        _out[silo] = (granted, now + length, weight);
        return new RateLease(granted, length);
    }
}
