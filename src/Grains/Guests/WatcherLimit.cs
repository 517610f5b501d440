namespace GuestSessions.Grains.Guests;

/// <summary>Bounds the number of watchers that wait on one silo, over all guests.</summary>
public sealed class WatcherLimit(int watchers = WatcherLimit.Most)
{
    public const int Most = 1_000;

    private int _free = watchers;

    public bool TryEnter()
    {
        if (Interlocked.Decrement(ref _free) >= 0)
            return true;
        Interlocked.Increment(ref _free);
        return false;
    }

    public void Leave() => Interlocked.Increment(ref _free);
}
