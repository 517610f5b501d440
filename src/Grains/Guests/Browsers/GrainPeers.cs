using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;

namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>Calls other guests with ordinary grain calls.</summary>
public sealed class GrainPeers(IGrainFactory grains) : IGuestPeers
{
    public Task<ReleaseOutcome> ReleaseAsync(GuestKey peer, ReleaseMessage message) =>
        GrainOf(peer).ReleaseBrowserAsync(message);

    public Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(GuestKey peer, string browserId) =>
        GrainOf(peer).ReadBrowserAsync(browserId);

    public Task<UpstreamBrowserId?> MapLocalAsync(GuestKey peer, string guest, UpstreamBrowserId offered) =>
        grains.GetGrain<IGuestGrain>(peer.ToString()).MapLocalAsync(guest, offered);

    public Task<bool> HasDrainedAsync(GuestKey peer, DrainQuery query) => GrainOf(peer).HasDrainedAsync(query);

    public Task ReportDrainedAsync(GuestKey peer, DrainQuery query) => GrainOf(peer).ReportDrainedAsync(query);

    private IGuestLinkingGrain GrainOf(GuestKey peer) => grains.GetGrain<IGuestLinkingGrain>(peer.ToString());
}
