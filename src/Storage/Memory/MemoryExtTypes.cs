using GuestSessions.Core.Events.Rules;

namespace GuestSessions.Storage.Memory;

internal sealed class MemoryExtTypes : IExtTypeStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Tenant, string EventType, string Name), LearnedExtType> _extTypes = [];

    public Task<IReadOnlyList<LearnedExtType>> LoadAsync(string tenant, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<LearnedExtType>>([.. _extTypes
                .Where(known => known.Key.Tenant == tenant)
                .OrderBy(static known => known.Key.EventType, StringComparer.Ordinal)
                .ThenBy(static known => known.Key.Name, StringComparer.Ordinal)
                .Select(static known => known.Value)]);
        }
    }

    public Task LearnAsync(string tenant, IReadOnlyList<LearnedExtType> attributes, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (var learned in attributes)
                _extTypes.TryAdd((tenant, learned.Attribute.EventType, learned.Attribute.Name), learned);
        }

        return Task.CompletedTask;
    }

    public Task ForgetAsync(string tenant, string? eventType, string? name, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (var key in _extTypes.Keys.Where(key => key.Tenant == tenant
                && (eventType is null || key.EventType == eventType) && (name is null || key.Name == name)).ToList())
                _extTypes.Remove(key);
        }

        return Task.CompletedTask;
    }
}
