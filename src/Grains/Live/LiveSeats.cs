namespace GuestSessions.Grains.Live;

/// <summary>How many may wait for something to happen in one silo, over all guests.</summary>
public sealed class LiveSeats(int seats = LiveSeats.Most)
{
    public const int Most = 1_000;

    private int _free = seats;

    public bool TryTake()
    {
        if (Interlocked.Decrement(ref _free) >= 0)
            return true;
        Interlocked.Increment(ref _free);
        return false;
    }

    public void GiveBack() => Interlocked.Increment(ref _free);
}
