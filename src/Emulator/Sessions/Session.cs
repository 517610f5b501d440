namespace GuestSessions.Emulator.Sessions;

/// <summary>A session as the upstream delimits it: one browser id and channel, closed by inactivity.</summary>
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

    /// <summary>From its first event to its last.</summary>
    public TimeSpan Duration => LastEventAt - StartedAt;

    public string? FirstPage { get; init; }
    public string? LastPage { get; init; }
    public string? Language { get; init; }
    public string? Currency { get; init; }

    /// <summary>
    /// Its events in order, by arrival number; the last 100, because the upstream shows no more.
    /// </summary>
    public required IReadOnlyList<long> Events { get; init; }

    /// <summary>All its events by type.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    public Cart Cart { get; init; } = Cart.Empty;

    /// <summary>Null while the session is open with products and no order.</summary>
    public CartType? CartType => Cart.Orders.Count > 0
        ? Sessions.CartType.Converted
        : Cart.Lines.Count == 0
            ? Sessions.CartType.Browsed
            : State == SessionState.Closed ? Sessions.CartType.Abandoned : null;

    /// <summary>The value of an abandoned cart.</summary>
    public decimal? AbandonedRevenue => CartType == Sessions.CartType.Abandoned ? Cart.Value : null;

    /// <summary>A hash of the last event's content, to detect a repetition.</summary>
    internal ulong LastContent { get; init; }

    internal int EventCount => Counts.Values.Sum();

    internal Session At(DateTimeOffset now) =>
        this with { State = now < EndsAt ? SessionState.Open : SessionState.Closed };
}

public enum SessionState
{
    Open,
    Closed,
}
