using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>Guests under terms, as an index holds them.</summary>
public sealed class FakeDirectory(FakeCluster cluster) : IGuestDirectoryGrain
{
    public List<(string Kind, string Value, string Guest)> Index { get; } = [];

    public Task<IReadOnlyList<string>> FindAsync(string kind, string value, string? after, int limit)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        return Task.FromResult<IReadOnlyList<string>>([.. Index
            .Where(entry => entry.Kind == kind && entry.Value == value)
            .Select(entry => entry.Guest)
            .Where(guest => string.CompareOrdinal(guest, after) > 0)
            .Order(StringComparer.Ordinal)
            .Take(limit)]);
    }
}
