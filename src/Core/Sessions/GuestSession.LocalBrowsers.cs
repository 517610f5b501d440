using GuestSessions.Core.Guests;

namespace GuestSessions.Core.Sessions;

public sealed partial class GuestSession
{
    private readonly List<LocalBrowser> _localBrowsers = [];

    /// <summary>
    /// What the upstream calls browsers of local ids that this guest was named for. The browser's own line knows it for good;
    /// one that is forgotten here is asked for again.
    /// </summary>
    public IReadOnlyList<LocalBrowser> LocalBrowsers => _localBrowsers;

    /// <summary>This is the line of a browser with a local id: its browser id is what that stands for.</summary>
    private bool IsOfLocalBrowser =>
        Guest is { } guest && BrowserGuests.Is(guest) && LocalBrowserIds.Is(BrowserGuests.BrowserIdOf(guest));

    /// <summary>Whether this line is the one that knows what a local id stands for.</summary>
    public bool IsHomeOf(string localId) => Guest == BrowserGuests.Of(localId);

    private string? UpstreamIdOf(string localId) => IsHomeOf(localId)
        ? BrowserId
        : _localBrowsers.Find(known => string.Equals(known.LocalId, localId, StringComparison.OrdinalIgnoreCase))?.BrowserId;

    private void Apply(LocalBrowserMapped mapped)
    {
        _localBrowsers.RemoveAll(known => string.Equals(known.LocalId, mapped.LocalId, StringComparison.OrdinalIgnoreCase));
        _localBrowsers.Add(new LocalBrowser(mapped.LocalId, mapped.BrowserId));
        if (_localBrowsers.Count > Limits.Browsers)
            _localBrowsers.RemoveAt(0);
        BrowserIdAttempts = 0;
        BrowserIdRetryAt = null;
    }
}

/// <param name="LocalId">Given out while the upstream had no id to give.</param>
/// <param name="BrowserId">The upstream's id that it stands for.</param>
public sealed record LocalBrowser(string LocalId, string BrowserId);
