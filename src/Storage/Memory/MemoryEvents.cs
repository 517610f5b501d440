using GuestSessions.Core.Journal;
using GuestSessions.Storage.Events;

namespace GuestSessions.Storage.Memory;

internal sealed class MemoryEvents(MemoryGuests guests) : IEventRows
{
    public Task<StoredStretch> ReadAsync(string tenant, byte[] bytes, JournalPlace? before, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            List<NamedRow> all = [.. guests.All
                .Where(guest => guest.Key.Tenant == tenant && guest.Value is { IsErased: false, Name.Length: > 0 })
                .SelectMany(static guest => guest.Value.After(guest.Value.Floor).Select(row => new NamedRow(guest.Key, guest.Value.Name, row)))];
            return Task.FromResult(new StoredStretch(
                [.. all.Where(row => row.Row.Payload.AsSpan().IndexOf(bytes) >= 0)],
                all.Count == 0 ? null : all.Min(static row => row.Row.At),
                null));
        }
    }
}
