using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Rejections;

namespace GuestSessions.Storage.Memory;

internal sealed class MemoryRejections : IRejectionRows
{
    private readonly Lock _lock = new();
    private readonly List<(long Number, string Tenant, RejectionRow Row)> _rejections = [];
    private long _lastRejection;

    public Task AppendAsync(
        string tenant, IReadOnlyList<RejectionRow> rows, int most, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (var row in rows)
                _rejections.Add((++_lastRejection, tenant, row));
            var old = _rejections.Where(kept => kept.Tenant == tenant).SkipLast(most)
                .Select(static kept => kept.Number).ToHashSet();
            _rejections.RemoveAll(kept => old.Contains(kept.Number));
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<(long Number, byte[] Payload)>> ReadAsync(
        RejectionQuery query, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<(long, byte[])>>([.. _rejections
                .AsEnumerable()
                .Reverse()
                .Where(kept => kept.Tenant == query.Tenant
                    && kept.Row.At >= query.Since
                    && (query.Before is null || kept.Number < query.Before)
                    && (query.Code is null || kept.Row.Code == query.Code)
                    && (query.Guest is null || kept.Row.Guest == query.Guest)
                    && (query.Order is null || kept.Row.Order == query.Order))
                .Take(query.Limit)
                .Select(static kept => (kept.Number, kept.Row.Payload))]);
        }
    }

    /// <returns>How many rejections of the guest there were.</returns>
    public int Delete(string tenant, UInt128 guest)
    {
        lock (_lock)
            return _rejections.RemoveAll(kept => kept.Tenant == tenant && kept.Row.Guest == guest);
    }

    public Task DeleteAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        lock (_lock)
            _rejections.RemoveAll(kept => kept.Row.At < before);
        return Task.CompletedTask;
    }
}
