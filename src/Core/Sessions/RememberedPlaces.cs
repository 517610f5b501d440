using System.Numerics;
using System.Security.Cryptography;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// Where in the ring of a <see cref="DedupWindow"/> each id is: a table with open addressing, some 7 bytes an id.
/// </summary>
/// <param name="most">Ids that it will hold at most.</param>
internal sealed class RememberedPlaces(int most)
{
    // Whoever chooses ids can make many whose hashes agree in some bits, but does not know which bits count here.
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    // A place and one; 0 is a free slot. At most three quarters of the slots are taken.
    private readonly int[] _slots = new int[BitOperations.RoundUpToPowerOf2((uint)(most + (most / 3) + 1))];

    /// <returns>The place of the id in the ring; -1 if it is not there.</returns>
    public int Find(UInt128 id, RememberedId[] ring) => _slots[SlotOf(id, ring)] - 1;

    /// <summary>Sets the place of an id. The ring has the id there already.</summary>
    public void Set(UInt128 id, int place, RememberedId[] ring) => _slots[SlotOf(id, ring)] = place + 1;

    /// <summary>Forgets an id that is still in the ring at its place. If it is known at another place, nothing changes.</summary>
    public void Remove(UInt128 id, int place, RememberedId[] ring)
    {
        var free = SlotOf(id, ring);
        if (_slots[free] != place + 1)
            return;
        _slots[free] = 0;
        // What was put further because this slot was taken moves back, so that a search still finds it.
        for (var slot = Next(free); _slots[slot] != 0; slot = Next(slot))
        {
            var wanted = Wanted(ring[_slots[slot] - 1].Id);
            if (Distance(wanted, slot) < Distance(free, slot))
                continue;
            (_slots[free], _slots[slot]) = (_slots[slot], 0);
            free = slot;
        }
    }

    /// <summary>The slot that has the id, or the free one where it would be.</summary>
    private int SlotOf(UInt128 id, RememberedId[] ring)
    {
        var slot = Wanted(id);
        while (_slots[slot] != 0 && ring[_slots[slot] - 1].Id != id)
            slot = Next(slot);
        return slot;
    }

    private int Wanted(UInt128 id) =>
        (int)((((ulong)id ^ (ulong)(id >> 64)) * Seed) >> (64 - BitOperations.Log2((uint)_slots.Length)));

    private int Next(int slot) => (slot + 1) & (_slots.Length - 1);

    private int Distance(int from, int to) => (to - from) & (_slots.Length - 1);
}
