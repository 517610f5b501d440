using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Linking;

/// <summary>Other guests' lines by ordinary grain calls.</summary>
public sealed class GrainLines(IGrainFactory grains) : ILines
{
    public Task<ReleaseVerdict> ReleaseAsync(GuestKey line, ReleaseMessage message) =>
        GrainOf(line).ReleaseBrowserAsync(message);

    public Task<bool> HasDrainedAsync(GuestKey line, DrainQuery query) => GrainOf(line).HasDrainedAsync(query);

    public Task TellDrainedAsync(GuestKey line, DrainQuery query) => GrainOf(line).TakeDrainedAsync(query);

    private IGuestLinkingGrain GrainOf(GuestKey line) => grains.GetGrain<IGuestLinkingGrain>(line.ToString());
}
