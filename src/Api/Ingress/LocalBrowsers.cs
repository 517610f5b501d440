using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>Finds the guests of browser ids, and the upstream's ids of browsers that have a local one.</summary>
internal sealed class LocalBrowsers(
    IGrainFactory grains, GuestKeyring keyring, BrowserIdPool pool, IssuedBrowsers issued, IngressLimits limits,
    CallerTenant caller)
{
    public IGuestGrain GrainOf(string tenant, string guest)
    {
        caller.IsAtLeast(tenant);
        return grains.GetGrain<IGuestGrain>(keyring.KeyOf(tenant, guest).ToString());
    }

    /// <summary>
    /// The upstream's id of a browser: the same id, or the id to which a local one is mapped from now on. Null while the
    /// upstream issues none, or while the limit of unknown browsers is reached.
    /// </summary>
    /// <exception cref="SessionUnavailableException">The mapping cannot be read now.</exception>
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
