using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;

namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>Other guests' grains, as one guest sees them. Calls may get lost and are retried.</summary>
public interface IGuestPeers
{
    Task<ReleaseOutcome> ReleaseAsync(GuestKey peer, ReleaseMessage message);

    /// <summary>Returns the browser's sessions that a peer knows.</summary>
    Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(GuestKey peer, string browserId);

    /// <summary>Returns the upstream id of a local browser id, from the guest of that browser.</summary>
    Task<UpstreamBrowserId?> MapLocalAsync(GuestKey peer, string guest, UpstreamBrowserId offered);

    Task<bool> HasDrainedAsync(GuestKey peer, DrainQuery query);

    Task ReportDrainedAsync(GuestKey peer, DrainQuery query);
}
