using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;

namespace GuestSessions.Simulation.Tests;

/// <summary>Processes that run out of what events need, and have it again.</summary>
internal sealed partial class World
{
    /// <summary>How many guests left memory because others needed it.</summary>
    public int GuestsShed { get; set; }

    /// <summary>How many activations the cluster ended, as it does when the silo that knew of them stops.</summary>
    public int GuestsDeactivated { get; private set; }

    /// <summary>The cluster forgets where a guest is. Another process may have it before the first has let it go.</summary>
    public void Forget(GuestKey guest)
    {
        GuestsDeactivated++;
        HadTwoOwners = true;
        _owners.Remove(guest);
    }

    private void LimitCapacity()
    {
        var capacity = _processes[Random.Next(_processes.Count)].Capacity;
        capacity.Capacity = (JournalCapacity)Random.Next(Enum.GetValues<JournalCapacity>().Length);
        capacity.Level = (MemoryLevel)Random.Next(Enum.GetValues<MemoryLevel>().Length);
    }

    private void ShedAGuest() =>
        _processes[Random.Next(_processes.Count)].Shed(Random.Next(10), isWaitingToo: Random.Next(2) == 0);

    private void DeactivateAGuest() => _processes[Random.Next(_processes.Count)].Deactivate(Random.Next(10));
}
