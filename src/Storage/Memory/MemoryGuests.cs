using GuestSessions.Core.Guests;

namespace GuestSessions.Storage.Memory;

/// <summary>The guests of a store in memory, which the journal writes and the lists read, under one lock.</summary>
internal sealed class MemoryGuests
{
    public Lock Lock { get; } = new();

    public SortedDictionary<GuestKey, MemoryGuest> All { get; } = [];

    public MemoryGuest Find(GuestKey guest) => All.GetValueOrDefault(guest) ?? new MemoryGuest();
}
