using System.Text.Json.Serialization;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Core.Sessions;

/// <summary>A session as the upstream is expected to cut it: one browser id and channel, closed by inactivity.</summary>
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
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>When it was closed by hand or by force; null where inactivity closes it.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Null while no event has touched it.</summary>
    public Cart? Cart { get; init; }

    /// <summary>The providers of its IDENTITY events, as far as <see cref="SessionLimits.SessionProviders"/>.</summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>All its events.</summary>
    [JsonIgnore]
    public int Events => Counts.Values.Sum();

    /// <summary>Whether the upstream still has it open at <paramref name="now"/>.</summary>
    public bool IsOpen(DateTimeOffset now) => ClosedAt is null && now - LastActivityAt < Timeout;

    /// <summary>What became of its cart; null while it is open, holds something and has had no order.</summary>
    public CartType? CartTypeAt(DateTimeOffset now)
    {
        if (Cart is { Ordered: true })
            return CartType.Converted;
        if (Cart is not ({ Count: > 0 } or { Partial: true }))
            return CartType.Browsed;
        return IsOpen(now) ? null : CartType.Abandoned;
    }
}
