using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Linking;

/// <summary>The lines of other guests, wherever they live. Calls get lost, and are made again.</summary>
public interface ILines
{
    Task<ReleaseOutcome> ReleaseAsync(GuestKey line, ReleaseMessage message);

    /// <summary>What a line knows of a browser's sessions.</summary>
    Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(GuestKey line, string browserId);

    /// <summary>What a local browser id stands for, from the line of that browser.</summary>
    Task<UpstreamBrowserId?> MapLocalAsync(GuestKey line, string guest, UpstreamBrowserId offered);

    Task<bool> HasDrainedAsync(GuestKey line, DrainQuery query);

    Task TellDrainedAsync(GuestKey line, DrainQuery query);
}
