using System.Diagnostics;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// The browser ids that a guest owns, and those that it released but still has events of. A released ownership is
/// removed once it has drained.
/// </summary>
public sealed class BrowserLinks
{
    private readonly List<BrowserLink> _links = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<BrowserLink> All => _links;

    /// <summary>
    /// Number of releases so far. A release may have overtaken a claim that was read before it.
    /// </summary>
    public long Releases { get; private set; }

    /// <summary>A previous owner has not drained yet.</summary>
    public bool IsWaiting => _links.Exists(static link => !link.IsClear);

    /// <summary>The link with which the guest accepts a browser's events.</summary>
    public BrowserLink? Held(string browserId)
    {
        for (var i = 0; i < _links.Count; i++)
        {
            if (!_links[i].IsReleased && _links[i].IsOf(browserId))
                return _links[i];
        }

        return null;
    }

    public BrowserLink? Find(string browserId, long generation) =>
        _links.Find(link => link.Generation == generation && link.IsOf(browserId));

    /// <summary>The link that an event of the browser belongs to; null if the event is older than all of them.</summary>
    public BrowserLink? Covering(string browserId, long sequence) =>
        _links.Find(link => link.Covers(browserId, sequence));

    /// <summary>Whether an ownership of the browser up to this generation still accepts events or has not drained.</summary>
    public bool IsBusyUpTo(string browserId, long generation) =>
        _links.Exists(link => link.Generation <= generation && link.IsOf(browserId));

    public bool HasNewer(string browserId, long generation) =>
        _links.Exists(link => link.Generation > generation && link.IsOf(browserId));

    public void Link(BrowserLinked linked)
    {
        if (linked.Forgets is { } forgotten)
            _links.RemoveAll(link => !link.IsReleased && link.IsOf(forgotten));
        var covered = _links.FindLast(link => link.IsOf(linked.BrowserId))?.LastSequence ?? 0;
        if (_links.Count == 0)
            _links.Capacity = 1; // Nearly every guest has one.
        _links.Add(new BrowserLink
        {
            BrowserId = linked.BrowserId,
            Generation = linked.Generation,
            FirstSequence = covered + 1,
            From = linked.From,
        });
    }

    public void Release(BrowserReleased released, long lastSequence)
    {
        Releases++;

        // A guest can release a browser that it never linked; then only the count changes.
        if (Find(released.BrowserId, released.Generation) is { } link)
            Replace(link, link with { LastSequence = lastSequence });
    }

    public void Clear(BrowserCleared cleared)
    {
        var link = Find(cleared.BrowserId, cleared.Generation)
            ?? throw new UnreachableException("A browser that is not linked was cleared.");
        Replace(link, link with { From = null });
    }

    public void Drain(BrowserDrained drained) => _links.RemoveAll(
        link => link.Generation == drained.Generation && link.IsOf(drained.BrowserId));

    public void Restore(IEnumerable<BrowserLink> links, long releases)
    {
        _links.AddRange(links);
        Releases = releases;
    }

    private void Replace(BrowserLink link, BrowserLink by) => _links[_links.IndexOf(link)] = by;
}
