namespace GuestSessions.Storage.Space;

/// <summary>
/// Watches the space left where the data file lies. Looks at most once a second: the answer is asked for with every event.
/// </summary>
/// <param name="floor">Below so many bytes it is full.</param>
/// <param name="left">Reads the bytes left; null when that cannot be told.</param>
public sealed class FreeSpace(long floor, Func<long?> left, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _lookedAt = long.MinValue;
    private volatile bool _isFull;

    public bool IsFull
    {
        get
        {
            var last = Interlocked.Read(ref _lookedAt);
            var now = time.GetTimestamp();
            if ((last == long.MinValue || time.GetElapsedTime(last, now) >= Interval)
                && Interlocked.CompareExchange(ref _lookedAt, now, last) == last)
                _isFull = left() < floor;
            return _isFull;
        }
    }

    /// <summary>Of the file system that holds a file.</summary>
    public static FreeSpace Around(string file, long floor, TimeProvider time)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return new FreeSpace(floor, () => LeftAt(folder), time);
    }

    private static long? LeftAt(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file system that does not tell. The store itself still refuses when it is full.
            return null;
        }
    }
}
