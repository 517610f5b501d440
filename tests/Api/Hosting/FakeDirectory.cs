using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>Guests under terms, as an index holds them.</summary>
public sealed class FakeDirectory(FakeCluster cluster) : IGuestDirectoryGrain, IBrowserDirectoryGrain, IEventSearchGrain
{
    public List<(string Kind, string Value, string Guest)> Index { get; } = [];

    /// <summary>Who owns which browser; the last of several to be asked for keeps it.</summary>
    public Dictionary<string, Queue<string>> Owners { get; } = [];

    /// <summary>What the journal of all guests answers, for each place where a search begins; empty for the newest.</summary>
    public Dictionary<(string EventId, string Before), FoundEvents> Events { get; } = [];

    public Task<FoundEvents> FindAsync(string eventId, JournalPlace? before)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        return Task.FromResult(Events.GetValueOrDefault((eventId, before?.ToString() ?? "")) ?? new FoundEvents([], null, null));
    }

    public Task<string> OwnerOfAsync(string browserId)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        var owners = Owners.GetValueOrDefault(browserId.ToLowerInvariant());
        return Task.FromResult(owners is null ? BrowserGuests.Of(browserId)
            : owners.Count > 1 ? owners.Dequeue() : owners.Peek());
    }

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
