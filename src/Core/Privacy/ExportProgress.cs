using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Privacy;

/// <summary>What an export made.</summary>
public sealed record ExportProgress
{
    /// <summary>The guest id; null when the export has ended.</summary>
    public string? Guest { get; init; }

    /// <summary>Events in the file.</summary>
    public long Events { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Until when the file can be taken; null while the export runs.</summary>
    public DateTimeOffset? FileUntil { get; init; }

    /// <summary>Who took the file.</summary>
    public PersonAct? FileTaken { get; init; }
}
