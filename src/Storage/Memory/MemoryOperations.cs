using GuestSessions.Core.Operations;
using GuestSessions.Storage.Operations;

namespace GuestSessions.Storage.Memory;

internal sealed class MemoryOperations : IOperationRows
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, OperationRow> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<OperationItem>> _items = new(StringComparer.Ordinal);

    public Task SaveAsync(
        OperationRow row, IReadOnlyList<OperationItem> items, long before, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_operations.TryGetValue(row.Id, out var kept) && kept.Tenant != row.Tenant)
                return Task.CompletedTask;
            _operations[row.Id] = row;
            _items[row.Id] = [.. ItemsOf(row.Id).Take((int)before), .. items];
        }

        return Task.CompletedTask;
    }

    public Task<OperationRow?> ReadAsync(string id, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_operations.GetValueOrDefault(id));
    }

    public Task<IReadOnlyList<OperationRow>> ReadLatestAsync(
        string tenant, OperationPlace? before, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<OperationRow>>([.. _operations.Values
                .Where(row => row.Tenant == tenant && (before is not { } place || IsBefore(row, place)))
                .OrderByDescending(static row => row.StartedAt).ThenByDescending(static row => row.Id, StringComparer.Ordinal)
                .Take(limit)]);
        }
    }

    public Task<IReadOnlyList<OperationItem>> ReadItemsAsync(
        string tenant, string id, long after, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<OperationItem>>(_operations.GetValueOrDefault(id)?.Tenant == tenant
                ? [.. ItemsOf(id).Skip((int)after).Take(limit)]
                : []);
        }
    }

    public Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<(string, string)>>([.. _operations.Values
                .Where(row => row.EndedAt is null).Take(limit).Select(row => (row.Tenant, row.Id))]);
        }
    }

    public Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (var row in _operations.Values.Where(row => row.EndedAt < before).ToList())
            {
                _operations.Remove(row.Id);
                _items.Remove(row.Id);
            }
        }

        return Task.CompletedTask;
    }

    /// <returns>How many items named the guest.</returns>
    public int BlankItems(string tenant, string guest)
    {
        lock (_lock)
        {
            var blanked = 0;
            foreach (var items in _items.Where(items => _operations[items.Key].Tenant == tenant).Select(static items => items.Value))
            {
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i].Guest != guest)
                        continue;
                    items[i] = items[i] with { Guest = "", EventId = "" };
                    blanked++;
                }
            }

            return blanked;
        }
    }

    private List<OperationItem> ItemsOf(string id) => _items.GetValueOrDefault(id) ?? [];

    private static bool IsBefore(OperationRow row, OperationPlace place) => row.StartedAt < place.StartedAt
        || (row.StartedAt == place.StartedAt && string.CompareOrdinal(row.Id, place.Id) < 0);
}
