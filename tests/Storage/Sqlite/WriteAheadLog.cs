using System.Buffers.Binary;

namespace GuestSessions.Storage.Tests.Sqlite;

/// <summary>
/// Reads SQLite's log as https://sqlite.org/fileformat2.html#the_write_ahead_log describes it.
/// </summary>
internal static class WriteAheadLog
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;

    /// <summary>
    /// Counts the frames that end a transaction: those that contain the size of the database after it.
    /// </summary>
    public static int Commits(string file)
    {
        using var stream = new FileStream($"{file}-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var log = new byte[stream.Length];
        stream.ReadExactly(log);
        var frame = FrameHeaderLength + BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        var commits = 0;
        for (var at = HeaderLength; at + frame <= log.Length; at += frame)
        {
            if (BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(at + 4)) != 0)
                commits++;
        }

        return commits;
    }
}
