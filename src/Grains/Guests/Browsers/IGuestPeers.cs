using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;

namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>Other guests' grains, seen from one. Calls get lost, and are made again.</summary>
public interface IGuestPeers
{
    Task<ReleaseOutcome> ReleaseAsync(GuestKey peer, ReleaseMessage message);

    /// <summary>What a peer knows of a browser's sessions.</summary>
    Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(GuestKey peer, string browserId);

    /// <summary>What a local browser id stands for, from the guest of that browser.</summary>
    Task<UpstreamBrowserId?> MapLocalAsync(GuestKey peer, string guest, UpstreamBrowserId offered);

    Task<bool> HasDrainedAsync(GuestKey peer, DrainQuery query);

    Task ReportDrainedAsync(GuestKey peer, DrainQuery query);
}
