using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using GuestSessions.Core.Guests;

namespace GuestSessions.Grains.Recovery;

/// <summary>
/// This silo's share of the store's guests, by rendezvous hash: a guest belongs to the silo with the highest weight for it.
/// Silos that see the same members agree without communication. When a silo leaves, only its share moves. Two silos that
/// briefly disagree both ask a guest to ensure delivering, which does no harm.
/// </summary>
public sealed class ClusterShare(IReadOnlyCollection<SiloAddress> members, SiloAddress self)
{
    private readonly ulong[] _others =
        [.. members.Where(member => !member.Equals(self)).Select(static member => Seed(member))];

    private readonly ulong _own = Seed(self);

    /// <summary>Whether this silo does the work that one silo does for all silos.</summary>
    public bool Leads => _others.All(other => _own < other);

    public bool Holds(GuestKey guest)
    {
        var own = WeightOf(_own, guest);
        return _others.All(other => WeightOf(other, guest) < own);
    }

    private static ulong WeightOf(ulong seed, GuestKey guest)
    {
        var hash = guest.Hash;
        return XxHash3.HashToUInt64(
            MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in hash)), unchecked((long)seed));
    }

    // The address's own hash code differs between processes. The seed must not.
    private static ulong Seed(SiloAddress silo) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(silo.ToParsableString()));
}
