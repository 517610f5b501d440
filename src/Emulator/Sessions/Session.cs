namespace GuestSessions.Emulator.Sessions;

/// <summary>A session as the upstream cuts it: one browser id and channel, closed by inactivity.</summary>
public sealed record Session
{
    /// <summary>Position among all sessions, from 1.</summary>
    public required long Number { get; init; }

    public required string BrowserId { get; init; }
    public required string Channel { get; init; }

    /// <summary>The point of sale of its last event; its time-out applies.</summary>
    public required string Pos { get; init; }

    public SessionState State { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset LastEventAt { get; init; }

    /// <summary>When it closes, or closed.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public string? FirstPage { get; init; }
    public string? LastPage { get; init; }

    /// <summary>
    /// Its events in order, by arrival number; the first 100, as the upstream shows no more.
    /// </summary>
    public required IReadOnlyList<long> Events { get; init; }

    /// <summary>All its events by type.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }
}

public enum SessionState
{
    Open,
    Closed,
}
