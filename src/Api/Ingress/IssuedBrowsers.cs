using GuestSessions.Core.Guests;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Tells which browser ids this service gave out: a browser that has one is no stranger, even before its first event.
/// Local ids carry a signature that every host can check. Of the upstream's, each host remembers those that it gave out
/// last; a browser that goes to another host first is a stranger there.
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
