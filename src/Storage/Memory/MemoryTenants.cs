using System.Collections.Concurrent;
using GuestSessions.Storage.Tenants;

namespace GuestSessions.Storage.Memory;

internal sealed class MemoryTenants : ITenantRows
{
    private readonly ConcurrentDictionary<string, byte[]> _tenants = [];

    public Task<byte[]?> ReadAsync(string tenant, CancellationToken cancellation) =>
        Task.FromResult(_tenants.GetValueOrDefault(tenant));

    public Task SaveAsync(string tenant, byte[] payload, CancellationToken cancellation)
    {
        _tenants[tenant] = payload;
        return Task.CompletedTask;
    }
}
