namespace GuestSessions.Grains.Delivery;

public sealed partial class GuestDelivery
{
    /// <summary>Something was sent, or is about to be, whose outcome this activation awaits.</summary>
    public bool IsAtWork => _starting is not null || _creatingBrowserId || door.State.Open is not null;

    /// <summary>There is nothing to do for now; with an empty line, what kept the guest in memory is over.</summary>
    private void Rest()
    {
        ReleasePermit();
        if (!door.State.IsPending)
            stayAlive(TimeSpan.Zero);
    }
}
