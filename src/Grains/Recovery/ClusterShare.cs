using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using GuestSessions.Core.Guests;

namespace GuestSessions.Grains.Recovery;

/// <summary>
/// Which guests of the store are this silo's to look after: each silo of a cluster takes those for which it draws the
/// highest lot. Silos that see the same members agree without a word; when one goes, only its share moves. Two that
/// disagree for a moment ask a guest twice to ensure delivering, which does no harm.
/// </summary>
public sealed class ClusterShare(IReadOnlyCollection<SiloAddress> members, SiloAddress self)
{
    private readonly ulong[] _others =
        [.. members.Where(member => !member.Equals(self)).Select(static member => Seed(member))];

    private readonly ulong _own = Seed(self);

    /// <summary>Whether this silo does what one silo has to do for all.</summary>
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

    // Not the address's own hash code: it has to be the same in every process.
    private static ulong Seed(SiloAddress silo) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(silo.ToParsableString()));
}
