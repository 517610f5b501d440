using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests.Delivery;

internal sealed partial class GuestDelivery
{
    /// <summary>Something was sent, or is about to be, whose outcome this activation awaits.</summary>
    public bool IsAtWork(GuestSession state) => _starting is not null || _creatingBrowserId || state.Open is not null;

    /// <summary>There is nothing to do for now; with an empty line, what kept the guest in memory is over.</summary>
    private void Rest(GuestSession state)
    {
        ReleasePermit();
        if (!state.IsPending)
            keepAlive(TimeSpan.Zero);
    }
}
