using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>The guests behind browser ids, and what the upstream calls the browsers that have a local one.</summary>
internal sealed class LocalBrowsers(
    IGrainFactory grains, GuestKeyring keyring, BrowserIdPool pool, IssuedBrowsers issued, IngressLimits limits)
{
    public IGuestGrain GrainOf(string tenant, string guest)
    {
        CallerTenant.IsAtLeast(tenant);
        return grains.GetGrain<IGuestGrain>(keyring.KeyOf(tenant, guest).ToString());
    }

    /// <summary>
    /// The upstream's own id of a browser: the same one, or the one a local id stands for from now on. Null while the
    /// upstream has none to give, or none for another stranger.
    /// </summary>
    /// <exception cref="SessionUnavailableException">It cannot be known now.</exception>
    public async Task<UpstreamBrowserId?> ResolveAsync(HttpContext context, string tenant, string browserId)
    {
        if (!LocalBrowserIds.Is(browserId))
            return new UpstreamBrowserId(browserId, null);
        var guest = BrowserGuests.Of(browserId);
        var grain = GrainOf(tenant, guest);
        if (await grain.MapLocalAsync(guest, null) is { } known)
            return known;
        return issued.Has(tenant, browserId) || limits.AdmitsStranger(context, tenant)
            ? await grain.MapLocalAsync(guest, pool.TryTake(tenant))
            : null;
    }
}
