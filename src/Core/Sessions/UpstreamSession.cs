using System.Text.Json.Serialization;
using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Core.Sessions;

/// <summary>A session as the upstream is expected to delimit it: one browser id and channel, closed by inactivity.</summary>
public sealed record UpstreamSession
{
    public required int Number { get; init; }

    /// <summary>Null stands for the guest's own browser id.</summary>
    public string? BrowserId { get; init; }

    public required string Channel { get; init; }

    /// <summary>That of its last event; its time-out applies.</summary>
    public required string PointOfSale { get; init; }

    public required TimeSpan Timeout { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset LastActivityAt { get; init; }
    public string? FirstPage { get; init; }
    public string? LastPage { get; init; }

    /// <summary>Events by type.</summary>
    public required IReadOnlyDictionary<string, int> Counts
    {
        get => TypeCounts;
        init => TypeCounts = TypeCounts.Of(value);
    }

    /// <summary>When a caller or a FORCE_CLOSE closed it; null if inactivity closes it.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Null until an event changes it.</summary>
    public Cart? Cart { get; init; }

    /// <summary>The providers of its IDENTITY events, as far as <see cref="SessionLimits.SessionProviders"/>.</summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>Where it began, if another guest owned the browser then.</summary>
    public SessionOrigin? Origin { get; init; }

    /// <summary>Guest id of the previous owner, if the session was open when its browser came.</summary>
    public string? ContinuedFrom { get; init; }

    /// <summary>Guest id of the owner that continues it; from then on it no longer changes here.</summary>
    public string? ContinuedBy { get; init; }

    /// <summary>The last ownership of its browser known to this line; 0 while the guest's own id is unknown.</summary>
    public long Generation { get; init; }

    /// <summary>
    /// Whether it is this guest's: it began here, was continued here or came while it was open. Other sessions only
    /// tell pre-flight what the browser did before.
    /// </summary>
    [JsonIgnore]
    public bool IsOwn => Origin is null || ContinuedFrom is not null;

    internal TypeCounts TypeCounts { get; private init; } = TypeCounts.None;

    /// <summary>All its events.</summary>
    [JsonIgnore]
    public int Events => Counts.Values.Sum();

    /// <summary>Whether it takes events at <paramref name="now"/>.</summary>
    public bool IsOpen(DateTimeOffset now) => ClosedAt is null && now - LastActivityAt < Timeout;

    /// <summary>Whether the upstream still has it open: it knows nothing of a close on this side that no FORCE_CLOSE told it.</summary>
    public bool IsOpenUpstream(DateTimeOffset now) =>
        now - LastActivityAt < Timeout && !Counts.ContainsKey(EventTypes.ForceClose);

    /// <summary>
    /// The outcome of its cart; null while the session is open with items and no order, or if another guest continues
    /// it.
    /// </summary>
    public CartType? CartTypeAt(DateTimeOffset now)
    {
        if (Cart is { Ordered: true })
            return CartType.Converted;
        if (ContinuedBy is not null)
            return null;
        if (Cart is not ({ Count: > 0 } or { Partial: true }))
            return CartType.Browsed;
        return IsOpen(now) ? null : CartType.Abandoned;
    }
}

/// <summary>Identifies a session across all lines that continue it.</summary>
/// <param name="Guest">Guest id of the line in which it began.</param>
/// <param name="Number">Its number there.</param>
public sealed record SessionOrigin(string Guest, int Number);
