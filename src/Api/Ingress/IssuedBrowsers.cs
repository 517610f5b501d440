using GuestSessions.Core.Guests;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Knows which browser ids this service issued: a browser with such an id does not count as unknown, even before its first
/// event. Local ids have a signature that every host can check. Of the upstream's ids, each host remembers those that it
/// issued last; a browser that goes to another host first counts as unknown there.
/// </summary>
internal sealed class IssuedBrowsers(GuestKeyring keyring)
{
    private const int Remembered = 100_000;

    private readonly Lock _lock = new();
    private HashSet<(string Tenant, Guid BrowserId)> _latest = [];
    private HashSet<(string Tenant, Guid BrowserId)> _earlier = [];

    public string NewLocal(string tenant) => LocalBrowserIds.Make(Guid.NewGuid(), keyring, tenant);

    public void Remember(string tenant, string browserId)
    {
        if (!Guid.TryParse(browserId, out var id))
            return;
        lock (_lock)
        {
            if (_latest.Count >= Remembered)
                (_earlier, _latest) = (_latest, []);
            _latest.Add((tenant, id));
        }
    }

    public bool Has(string tenant, string browserId)
    {
        if (LocalBrowserIds.Is(browserId))
            return LocalBrowserIds.IsSigned(browserId, keyring, tenant);
        if (!Guid.TryParse(browserId, out var id))
            return false;
        lock (_lock)
            return _latest.Contains((tenant, id)) || _earlier.Contains((tenant, id));
    }
}
