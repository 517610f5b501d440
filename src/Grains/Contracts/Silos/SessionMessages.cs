using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Grains.Contracts.Silos;

/// <summary>The answer to a release.</summary>
/// <param name="Sessions">What the next owner has to know of the browser's sessions.</param>
[GenerateSerializer, Immutable, Alias("release-answer")]
public sealed record ReleaseAnswer(
    [property: Id(0)] ReleaseVerdict Verdict,
    [property: Id(1)] IReadOnlyList<SessionMessage> Sessions)
{
    public static ReleaseAnswer From(ReleaseOutcome outcome) => new(outcome.Verdict, SessionMessage.From(outcome.Sessions));

    public ReleaseOutcome ToOutcome() => new(Verdict, SessionMessage.ToSessions(Sessions));
}

/// <summary>An upstream session on its way from one owner of its browser to the next.</summary>
[GenerateSerializer, Immutable, Alias("session-message")]
public sealed record SessionMessage
{
    [Id(0)] public required int Number { get; init; }
    [Id(1)] public string? BrowserId { get; init; }
    [Id(2)] public required string Channel { get; init; }
    [Id(3)] public required string PointOfSale { get; init; }
    [Id(4)] public required TimeSpan Timeout { get; init; }
    [Id(5)] public required DateTimeOffset StartedAt { get; init; }
    [Id(6)] public required DateTimeOffset LastActivityAt { get; init; }
    [Id(7)] public string? FirstPage { get; init; }
    [Id(8)] public string? LastPage { get; init; }
    [Id(9)] public required IReadOnlyDictionary<string, int> Counts { get; init; }
    [Id(10)] public DateTimeOffset? ClosedAt { get; init; }
    [Id(11)] public CartMessage? Cart { get; init; }
    [Id(12)] public IReadOnlyList<string>? Providers { get; init; }
    [Id(13)] public string? OriginGuest { get; init; }
    [Id(14)] public int OriginNumber { get; init; }
    [Id(15)] public string? ContinuedFrom { get; init; }
    [Id(16)] public long Generation { get; init; }

    public static IReadOnlyList<SessionMessage> From(IReadOnlyList<UpstreamSession> sessions) => [.. sessions.Select(From)];

    public static IReadOnlyList<UpstreamSession> ToSessions(IReadOnlyList<SessionMessage> messages) =>
        [.. messages.Select(static message => message.ToSession())];

    private static SessionMessage From(UpstreamSession session) => new()
    {
        Number = session.Number,
        BrowserId = session.BrowserId,
        Channel = session.Channel,
        PointOfSale = session.PointOfSale,
        Timeout = session.Timeout,
        StartedAt = session.StartedAt,
        LastActivityAt = session.LastActivityAt,
        FirstPage = session.FirstPage,
        LastPage = session.LastPage,
        Counts = session.Counts,
        ClosedAt = session.ClosedAt,
        Cart = session.Cart is { } cart ? CartMessage.From(cart) : null,
        Providers = session.Providers,
        OriginGuest = session.Origin?.Guest,
        OriginNumber = session.Origin?.Number ?? 0,
        ContinuedFrom = session.ContinuedFrom,
        Generation = session.Generation,
    };

    private UpstreamSession ToSession() => new()
    {
        Number = Number,
        BrowserId = BrowserId,
        Channel = Channel,
        PointOfSale = PointOfSale,
        Timeout = Timeout,
        StartedAt = StartedAt,
        LastActivityAt = LastActivityAt,
        FirstPage = FirstPage,
        LastPage = LastPage,
        Counts = Counts,
        ClosedAt = ClosedAt,
        Cart = Cart?.ToCart(),
        Providers = Providers,
        Origin = OriginGuest is { } guest ? new SessionOrigin(guest, OriginNumber) : null,
        ContinuedFrom = ContinuedFrom,
        Generation = Generation,
    };
}

/// <summary>Its cart.</summary>
[GenerateSerializer, Immutable, Alias("cart-message")]
public sealed record CartMessage(
    [property: Id(0)] IReadOnlyList<CartLineMessage>? Lines,
    [property: Id(1)] int? PutAway,
    [property: Id(2)] decimal? PutAwayTotal,
    [property: Id(3)] bool Confirmed,
    [property: Id(4)] bool Ordered,
    [property: Id(5)] bool Partial)
{
    public static CartMessage From(Cart cart) => new(
        cart.Lines is { } lines
            ? [.. lines.Select(static line => new CartLineMessage(line.ItemId, line.Quantity, line.Price))]
            : null,
        cart.PutAway, cart.PutAwayTotal, cart.Confirmed, cart.Ordered, cart.Partial);

    public Cart ToCart() => new()
    {
        Lines = Lines is { } lines
            ? [.. lines.Select(static line => new CartLine(line.ItemId, line.Quantity, line.Price))]
            : null,
        PutAway = PutAway,
        PutAwayTotal = PutAwayTotal,
        Confirmed = Confirmed,
        Ordered = Ordered,
        Partial = Partial,
    };
}

[GenerateSerializer, Immutable, Alias("cart-line-message")]
public sealed record CartLineMessage(
    [property: Id(0)] string ItemId, [property: Id(1)] decimal? Quantity, [property: Id(2)] decimal? Price);
