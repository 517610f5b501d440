namespace GuestSessions.Grains.Delivery;

/// <summary>
/// Compares the refused guests with all guests tried within the last minute. Only the last attempt of each guest counts. Not
/// thread-safe.
/// </summary>
internal sealed class RefusalWeight(TimeProvider time)
{
    private const int FewestGuests = 20;

    /// <summary>Maximum number of guests remembered. Beyond it, the guests tried longest ago are forgotten.</summary>
    internal const int MostKept = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly LinkedList<Tried> _recent = new();
    private readonly Dictionary<UInt128, LinkedListNode<Tried>> _guests = [];
    private int _refused;

    /// <summary>Number of guests that are remembered.</summary>
    public int Count => _guests.Count;

    /// <summary>More than half of at least 20 guests were refused: the tenant is wrong, not its events.</summary>
    public bool IsHeavy
    {
        get
        {
            Forget();
            return _guests.Count >= FewestGuests && _refused * 2 > _guests.Count;
        }
    }

    public void Add(UInt128 guest, bool refused)
    {
        if (_guests.TryGetValue(guest, out var known))
        {
            _recent.Remove(known);
            _refused -= known.Value.Refused ? 1 : 0;
        }
        else
        {
            _guests.Add(guest, known = new LinkedListNode<Tried>(default));
        }

        known.Value = new Tried(guest, time.GetTimestamp(), refused);
        _recent.AddLast(known);
        _refused += refused ? 1 : 0;
        Forget();
    }

    public void Clear()
    {
        _recent.Clear();
        _guests.Clear();
        _refused = 0;
    }

    private void Forget()
    {
        while (_recent.First is { } oldest
            && (_guests.Count > MostKept || time.GetElapsedTime(oldest.Value.At) > Window))
            Remove(oldest);
    }

    private void Remove(LinkedListNode<Tried> tried)
    {
        _recent.Remove(tried);
        _guests.Remove(tried.Value.Guest);
        _refused -= tried.Value.Refused ? 1 : 0;
    }

    private readonly record struct Tried(UInt128 Guest, long At, bool Refused);
}
