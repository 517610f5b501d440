namespace GuestSessions.Grains.Delivery;

/// <summary>Who an attempt belongs to. This decides what its outcome says about the tenant.</summary>
/// <param name="Guest">The hash of the guest's key.</param>
/// <param name="FromBackend">Whether a backend sent the event. With a public key, anybody can send it.</param>
/// <param name="DeliveredBefore">Whether an event of the guest was delivered before.</param>
public readonly record struct Witness(UInt128 Guest, bool FromBackend, bool DeliveredBefore)
{
    /// <summary>Whether its refusals count towards a pause of the tenant.</summary>
    public bool Counts => FromBackend && DeliveredBefore;

    /// <summary>Whether the sender is unknown and no event of the guest was ever delivered.</summary>
    public bool IsStranger => !FromBackend && !DeliveredBefore;

    public ProbeRank Rank => Counts ? ProbeRank.Counting : FromBackend ? ProbeRank.Backend : ProbeRank.Public;
}

/// <summary>
/// The order in which guests are tried while a tenant is in trouble. The more the outcome says, the higher.
/// </summary>
public enum ProbeRank
{
    Public,
    Backend,
    Counting,
}
