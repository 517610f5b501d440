namespace GuestSessions.Core.Delivery;

/// <summary>A share of a tenant's rate for a limited time.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="For">How long it is valid, counted from the request.</param>
public readonly record struct RateLease(double Rate, TimeSpan For);

/// <summary>How much a silo has to send: guests that wait for a permit, and what it sent since it asked last.</summary>
/// <param name="Backends">For events of backends.</param>
/// <param name="Public">For events that came with a public key, which anybody may send.</param>
public readonly record struct SendDemand(int Backends, int Public);

/// <summary>
/// Divides a tenant's rate among the silos by how much each has to send. All leases together never exceed the rate: a
/// silo that needs more waits until another silo's lease shrinks at its renewal, or expires. Pure: time is an
/// argument.
/// </summary>
/// <param name="rate">Requests a second over all silos.</param>
/// <param name="length">How long a lease is valid without renewal.</param>
/// <param name="allKnownAt">
/// Until then, unknown leases of an earlier owner of this table may still be valid: each silo keeps what it reports
/// to hold, and none gets more.
/// </param>
public sealed class RateLeases(double rate, TimeSpan length, TimeSpan allKnownAt)
{
    /// <summary>Minimum lease as a fraction of an equal share, so that a silo's first guest does not wait.</summary>
    private const double Least = 0.1;

    /// <summary>
    /// All public demand counts at most as this part of all backends' demand: strangers at one silo must not take the rate from
    /// backends at another. It is their part of the permits on one silo, too.
    /// </summary>
    private const double PublicPerBackends = 1 / 3.0;

    private readonly Dictionary<string, (double Rate, TimeSpan Until, SendDemand Demand)> _out = [];

    /// <summary>The sum of all valid leases.</summary>
    public double LeasedAt(TimeSpan now) => _out.Values.Where(lease => lease.Until > now).Sum(static lease => lease.Rate);

    /// <summary>Renews a silo's lease, or gives it its first.</summary>
    /// <param name="silo">The silo that asks.</param>
    /// <param name="held">The rate that it reports to hold.</param>
    /// <param name="demand">How much it has to send.</param>
    /// <param name="now">Monotonic time.</param>
    public RateLease Renew(string silo, double held, SendDemand demand, TimeSpan now)
    {
        foreach (var (gone, _) in _out.Where(lease => lease.Value.Until <= now).ToList())
            _out.Remove(gone);
        var others = _out.Where(lease => lease.Key != silo).Select(static lease => lease.Value).ToList();
        var free = Math.Max(0, rate - others.Sum(static lease => lease.Rate));
        var least = rate * Least / (others.Count + 1);
        var (backends, strangers) = (
            demand.Backends + others.Sum(static lease => (double)lease.Demand.Backends),
            demand.Public + others.Sum(static lease => (double)lease.Demand.Public));
        var publicPart = backends == 0 || strangers == 0 ? 1 : Math.Min(1, backends * PublicPerBackends / strangers);
        var share = now < allKnownAt
            ? held
            : Math.Clamp(
                rate * Weight(demand) / (Weight(demand) + others.Sum(lease => Weight(lease.Demand))), least, rate - (least * others.Count));
        var granted = Math.Min(share, free);
        _out[silo] = (granted, now + length, demand);
        return new RateLease(granted, length);

        double Weight(SendDemand one) => 1 + one.Backends + (one.Public * publicPart);
    }
}
