namespace GuestSessions.Grains.Delivery;

/// <summary>Whose attempt it was, and so what its outcome says about the tenant rather than about the event.</summary>
/// <param name="Guest">The hash of the guest's key.</param>
/// <param name="FromBackend">A backend sent the event; with a public key anybody can.</param>
/// <param name="DeliveredBefore">An event of the guest was delivered before.</param>
public readonly record struct Witness(UInt128 Guest, bool FromBackend, bool DeliveredBefore)
{
    /// <summary>Its refusals count towards a pause.</summary>
    public bool Counts => FromBackend && DeliveredBefore;

    /// <summary>Nobody knows who sent it, and nothing ever came of its guest.</summary>
    public bool IsStranger => !FromBackend && !DeliveredBefore;

    public ProbeRank Rank => Counts ? ProbeRank.Counting : FromBackend ? ProbeRank.Backend : ProbeRank.Public;
}

/// <summary>Who is tried first while a tenant is in trouble: the more its outcome says, the higher.</summary>
public enum ProbeRank
{
    Public,
    Backend,
    Counting,
}
