using GuestSessions.Core.Guests;

namespace GuestSessions.Core.Sessions;

public sealed partial class GuestSession
{
    private List<LocalBrowser>? _localBrowsers;

    /// <summary>
    /// The upstream ids of local browser ids that are linked to this guest. The browser's own line keeps the upstream
    /// id permanently; an id that is forgotten here is requested again.
    /// </summary>
    public IReadOnlyList<LocalBrowser> LocalBrowsers => _localBrowsers ?? [];

    /// <summary>This is the line of a browser with a local id: its browser id is the upstream id of that local id.</summary>
    private bool IsOfLocalBrowser =>
        Guest is { } guest && BrowserGuests.Is(guest) && LocalBrowserIds.Is(BrowserGuests.BrowserIdOf(guest));

    /// <summary>Whether this line is the one that keeps the upstream id of a local id.</summary>
    public bool IsHomeOf(string localId) => Guest == BrowserGuests.Of(localId);

    private string? UpstreamIdOf(string localId) => IsHomeOf(localId)
        ? BrowserId
        : _localBrowsers?.Find(known => string.Equals(known.LocalId, localId, StringComparison.OrdinalIgnoreCase))?.BrowserId;

    private void Apply(LocalBrowserMapped mapped)
    {
        _localBrowsers ??= [];
        _localBrowsers.RemoveAll(known => string.Equals(known.LocalId, mapped.LocalId, StringComparison.OrdinalIgnoreCase));
        _localBrowsers.Add(new LocalBrowser(mapped.LocalId, mapped.BrowserId));
        if (_localBrowsers.Count > Limits.Browsers)
            _localBrowsers.RemoveAt(0);
        BrowserIdAttempts = 0;
        BrowserIdRetryAt = null;
    }
}

/// <param name="LocalId">Issued while no upstream id was available.</param>
/// <param name="BrowserId">The upstream's id that it stands for.</param>
public sealed record LocalBrowser(string LocalId, string BrowserId);
