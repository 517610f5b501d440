namespace GuestSessions.Storage.Space;

/// <summary>
/// Watches the free space of the file system with the data file. It checks at most once a second, although callers ask for
/// every event.
/// </summary>
/// <param name="floor">The file system counts as full when it has fewer free bytes than this.</param>
/// <param name="left">Reads the number of free bytes; null when the file system does not report it.</param>
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

    /// <summary>Watches the file system that holds a file.</summary>
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
            // This file system does not report it. When it is full, the store fails its writes.
            return null;
        }
    }
}
