namespace GuestSessions.Grains.Delivery;

/// <summary>
/// The right to have one request in flight: a slot of the silo and of the tenant, and a rate token. A start is only
/// written by who holds one, so that no intent waits for a slot while its validity runs out.
/// </summary>
public sealed class SendPermit(long id, string tenant)
{
    /// <summary>Unique over the silos, and another one for each send it is renewed for.</summary>
    public long Id { get; set; } = id;

    public string Tenant { get; } = tenant;

    /// <summary>Requests its holder has sent in a row.</summary>
    public int Streak { get; set; } = 1;
}
