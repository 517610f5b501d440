using GuestSessions.Storage.Operations;

namespace GuestSessions.Storage.Memory;

internal sealed class MemoryOperations : IOperationRows
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, OperationRow> _operations = new(StringComparer.Ordinal);

    public Task SaveAsync(OperationRow row, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_operations.TryGetValue(row.Id, out var kept) || kept.Tenant == row.Tenant)
                _operations[row.Id] = row;
        }

        return Task.CompletedTask;
    }

    public Task<OperationRow?> ReadAsync(string id, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_operations.GetValueOrDefault(id));
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
                _operations.Remove(row.Id);
        }

        return Task.CompletedTask;
    }
}
