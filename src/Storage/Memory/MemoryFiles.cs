using GuestSessions.Core.Privacy;

namespace GuestSessions.Storage.Memory;

internal sealed class MemoryFiles : IFileStore
{
    private readonly Lock _lock = new();

    private readonly SortedDictionary<(string Tenant, string Operation, UInt128 Part), (DateTimeOffset Until, byte[] Content)>
        _parts = [];

    public Task SaveAsync(
        string tenant, string operation, DateTimeOffset until, byte[] content, CancellationToken cancellation)
    {
        Save(tenant, operation, 0, until, content);
        return Task.CompletedTask;
    }

    public Task<byte[]?> TakeAsync(string tenant, string operation, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var parts = _parts.Where(part => IsOf(part.Key, tenant, operation) && part.Value.Until > now)
                .SelectMany(static part => part.Value.Content).ToArray();
            Delete(tenant, operation);
            return Task.FromResult(parts.Length == 0 ? null : parts);
        }
    }

    public Task<bool> DeleteAsync(string tenant, string operation, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(Delete(tenant, operation));
    }

    public Task DeleteExpiredAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (var part in _parts.Where(part => part.Value.Until <= now).Select(static part => part.Key).ToList())
                _parts.Remove(part);
        }

        return Task.CompletedTask;
    }

    public void Save(string tenant, string operation, UInt128 part, DateTimeOffset until, byte[] content)
    {
        lock (_lock)
            _parts[(tenant, operation, part)] = (until, content);
    }

    private bool Delete(string tenant, string operation)
    {
        var found = _parts.Keys.Where(part => IsOf(part, tenant, operation)).ToList();
        found.ForEach(part => _parts.Remove(part));
        return found.Count > 0;
    }

    private static bool IsOf((string Tenant, string Operation, UInt128 Part) part, string tenant, string operation) =>
        part.Tenant == tenant && part.Operation == operation;
}
