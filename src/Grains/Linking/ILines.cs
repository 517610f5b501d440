using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Linking;

/// <summary>The lines of other guests, wherever they live. Calls get lost, and are made again.</summary>
public interface ILines
{
    Task<ReleaseVerdict> ReleaseAsync(GuestKey line, ReleaseMessage message);

    Task<bool> HasDrainedAsync(GuestKey line, DrainQuery query);

    Task TellDrainedAsync(GuestKey line, DrainQuery query);
}
