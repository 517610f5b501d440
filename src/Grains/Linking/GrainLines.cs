using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Linking;

/// <summary>Other guests' lines by ordinary grain calls.</summary>
public sealed class GrainLines(IGrainFactory grains) : ILines
{
    public async Task<ReleaseOutcome> ReleaseAsync(GuestKey line, ReleaseMessage message) =>
        (await GrainOf(line).ReleaseBrowserAsync(message)).ToOutcome();

    public async Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(GuestKey line, string browserId) =>
        SessionMessage.ToSessions(await GrainOf(line).ReadBrowserAsync(browserId));

    public Task<UpstreamBrowserId?> MapLocalAsync(GuestKey line, string guest, UpstreamBrowserId offered) =>
        grains.GetGrain<IGuestBrowserGrain>(line.ToString()).MapLocalAsync(guest, offered);

    public Task<bool> HasDrainedAsync(GuestKey line, DrainQuery query) => GrainOf(line).HasDrainedAsync(query);

    public Task TellDrainedAsync(GuestKey line, DrainQuery query) => GrainOf(line).TakeDrainedAsync(query);

    private IGuestLinkingGrain GrainOf(GuestKey line) => grains.GetGrain<IGuestLinkingGrain>(line.ToString());
}
