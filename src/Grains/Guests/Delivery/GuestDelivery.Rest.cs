using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests.Delivery;

internal sealed partial class GuestDelivery
{
    /// <summary>Whether this activation has sent, or is about to send, a request whose outcome it awaits.</summary>
    public bool IsAtWork(GuestSession state) => _starting is not null || _creatingBrowserId || state.Open is not null;

    /// <summary>Rests while there is nothing to do. With an empty line, the guest may leave memory.</summary>
    private void Rest(GuestSession state)
    {
        ReleasePermit();
        if (!state.IsPending)
            activation.KeepAlive(TimeSpan.Zero);
    }
}
