using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Grains.Contracts.Surrogates;

[GenerateSerializer, Immutable]
internal readonly record struct UpstreamSessionSurrogate(
    [property: Id(0)] int Number,
    [property: Id(1)] string? BrowserId,
    [property: Id(2)] string Channel,
    [property: Id(3)] string PointOfSale,
    [property: Id(4)] TimeSpan Timeout,
    [property: Id(5)] DateTimeOffset StartedAt,
    [property: Id(6)] DateTimeOffset LastActivityAt,
    [property: Id(7)] string? FirstPage,
    [property: Id(8)] string? LastPage,
    [property: Id(9)] IReadOnlyDictionary<string, int> Counts,
    [property: Id(10)] DateTimeOffset? ClosedAt,
    [property: Id(11)] Cart? Cart,
    [property: Id(12)] IReadOnlyList<string>? Providers,
    [property: Id(13)] SessionOrigin? Origin,
    [property: Id(14)] string? ContinuedFrom,
    [property: Id(15)] string? ContinuedBy,
    [property: Id(16)] long Generation);

[GenerateSerializer, Immutable]
internal readonly record struct SessionOriginSurrogate([property: Id(0)] string Guest, [property: Id(1)] int Number);

[GenerateSerializer, Immutable]
internal readonly record struct CartSurrogate(
    [property: Id(0)] IReadOnlyList<CartLine>? Lines,
    [property: Id(1)] int? PutAway,
    [property: Id(2)] decimal? PutAwayTotal,
    [property: Id(3)] bool Confirmed,
    [property: Id(4)] bool Ordered,
    [property: Id(5)] bool Partial);

[GenerateSerializer, Immutable]
internal readonly record struct CartLineSurrogate(
    [property: Id(0)] string ItemId,
    [property: Id(1)] decimal? Quantity,
    [property: Id(2)] decimal? Price);

[GenerateSerializer, Immutable]
internal readonly record struct ReleaseOutcomeSurrogate(
    [property: Id(0)] ReleaseDecision Decision,
    [property: Id(1)] IReadOnlyList<UpstreamSession> Sessions);

/// <summary>Upstream sessions, sent to support or from one owner of their browser to the next.</summary>
[RegisterConverter]
internal sealed class SessionConverter :
    IConverter<UpstreamSession, UpstreamSessionSurrogate>,
    IConverter<SessionOrigin, SessionOriginSurrogate>,
    IConverter<Cart, CartSurrogate>,
    IConverter<CartLine, CartLineSurrogate>,
    IConverter<ReleaseOutcome, ReleaseOutcomeSurrogate>
{
    public UpstreamSessionSurrogate ConvertToSurrogate(in UpstreamSession value) => new(
        value.Number, value.BrowserId, value.Channel, value.PointOfSale, value.Timeout, value.StartedAt,
        value.LastActivityAt, value.FirstPage, value.LastPage, value.Counts, value.ClosedAt, value.Cart, value.Providers,
        value.Origin, value.ContinuedFrom, value.ContinuedBy, value.Generation);

    public UpstreamSession ConvertFromSurrogate(in UpstreamSessionSurrogate surrogate) => new()
    {
        Number = surrogate.Number,
        BrowserId = surrogate.BrowserId,
        Channel = surrogate.Channel,
        PointOfSale = surrogate.PointOfSale,
        Timeout = surrogate.Timeout,
        StartedAt = surrogate.StartedAt,
        LastActivityAt = surrogate.LastActivityAt,
        FirstPage = surrogate.FirstPage,
        LastPage = surrogate.LastPage,
        Counts = surrogate.Counts,
        ClosedAt = surrogate.ClosedAt,
        Cart = surrogate.Cart,
        Providers = surrogate.Providers,
        Origin = surrogate.Origin,
        ContinuedFrom = surrogate.ContinuedFrom,
        ContinuedBy = surrogate.ContinuedBy,
        Generation = surrogate.Generation,
    };

    public SessionOriginSurrogate ConvertToSurrogate(in SessionOrigin value) => new(value.Guest, value.Number);

    public SessionOrigin ConvertFromSurrogate(in SessionOriginSurrogate surrogate) => new(surrogate.Guest, surrogate.Number);

    public CartSurrogate ConvertToSurrogate(in Cart value) =>
        new(value.Lines, value.PutAway, value.PutAwayTotal, value.Confirmed, value.Ordered, value.Partial);

    public Cart ConvertFromSurrogate(in CartSurrogate surrogate) => new()
    {
        Lines = surrogate.Lines,
        PutAway = surrogate.PutAway,
        PutAwayTotal = surrogate.PutAwayTotal,
        Confirmed = surrogate.Confirmed,
        Ordered = surrogate.Ordered,
        Partial = surrogate.Partial,
    };

    public CartLineSurrogate ConvertToSurrogate(in CartLine value) => new(value.ItemId, value.Quantity, value.Price);

    public CartLine ConvertFromSurrogate(in CartLineSurrogate surrogate) =>
        new(surrogate.ItemId, surrogate.Quantity, surrogate.Price);

    public ReleaseOutcomeSurrogate ConvertToSurrogate(in ReleaseOutcome value) => new(value.Decision, value.Sessions);

    public ReleaseOutcome ConvertFromSurrogate(in ReleaseOutcomeSurrogate surrogate) =>
        new(surrogate.Decision, surrogate.Sessions);
}
