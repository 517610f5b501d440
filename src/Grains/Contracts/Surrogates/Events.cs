using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Contracts.Surrogates;

[GenerateSerializer, Immutable]
internal readonly record struct StreamEventSurrogate(
    [property: Id(0)] string Type,
    [property: Id(1)] string Channel,
    [property: Id(2)] string PointOfSale,
    [property: Id(3)] string? Page,
    [property: Id(4)] string? BrowserId,
    [property: Id(5)] Utf8Json Body,
    [property: Id(6)] Utf8Json Defaults,
    [property: Id(7)] IReadOnlyList<Identifier>? Identifiers,
    [property: Id(8)] string? OrderReference,
    [property: Id(9)] TimeSpan SessionTimeout,
    [property: Id(10)] string? UserAgent,
    [property: Id(11)] string? Address,
    [property: Id(12)] IReadOnlyList<EventWarning>? Warnings);

[GenerateSerializer, Immutable]
internal readonly record struct ContentHashSurrogate([property: Id(0)] UInt128 Value);

[GenerateSerializer, Immutable]
internal readonly record struct Utf8JsonSurrogate([property: Id(0)] ReadOnlyMemory<byte> Bytes);

[GenerateSerializer, Immutable]
internal readonly record struct IdentifierSurrogate(
    [property: Id(0)] string Provider,
    [property: Id(1)] string Id,
    [property: Id(2)] string? ExpiryDate);

[GenerateSerializer, Immutable]
internal readonly record struct EventWarningSurrogate([property: Id(0)] string Code, [property: Id(1)] string Path);

[GenerateSerializer, Immutable]
internal readonly record struct ViolationSurrogate(
    [property: Id(0)] string Code,
    [property: Id(1)] string Path,
    [property: Id(2)] string Detail);

[GenerateSerializer, Immutable]
internal readonly record struct CommonEventAttributesSurrogate(
    [property: Id(0)] string Channel,
    [property: Id(1)] string Language,
    [property: Id(2)] string Currency,
    [property: Id(3)] string PointOfSale,
    [property: Id(4)] TimeSpan SessionTimeout);

/// <summary>An event, and the values that travel with it.</summary>
[RegisterConverter]
internal sealed class EventConverter :
    IConverter<StreamEvent, StreamEventSurrogate>,
    IConverter<ContentHash, ContentHashSurrogate>,
    IConverter<Utf8Json, Utf8JsonSurrogate>,
    IConverter<Identifier, IdentifierSurrogate>,
    IConverter<EventWarning, EventWarningSurrogate>,
    IConverter<Violation, ViolationSurrogate>,
    IConverter<CommonEventAttributes, CommonEventAttributesSurrogate>
{
    public StreamEventSurrogate ConvertToSurrogate(in StreamEvent value) => new(
        value.Type, value.Channel, value.PointOfSale, value.Page, value.BrowserId, value.Body, value.Defaults,
        value.Identifiers, value.OrderReference, value.SessionTimeout, value.UserAgent, value.Address, value.Warnings);

    public StreamEvent ConvertFromSurrogate(in StreamEventSurrogate surrogate) => new()
    {
        Type = surrogate.Type,
        Channel = surrogate.Channel,
        PointOfSale = surrogate.PointOfSale,
        Page = surrogate.Page,
        BrowserId = surrogate.BrowserId,
        Body = surrogate.Body,
        Defaults = surrogate.Defaults,
        Identifiers = surrogate.Identifiers ?? [],
        OrderReference = surrogate.OrderReference,
        SessionTimeout = surrogate.SessionTimeout,
        UserAgent = surrogate.UserAgent,
        Address = surrogate.Address,
        Warnings = surrogate.Warnings ?? [],
    };

    public ContentHashSurrogate ConvertToSurrogate(in ContentHash value) => new(value.Value);

    public ContentHash ConvertFromSurrogate(in ContentHashSurrogate surrogate) => new(surrogate.Value);

    public Utf8JsonSurrogate ConvertToSurrogate(in Utf8Json value) => new(value.Bytes);

    public Utf8Json ConvertFromSurrogate(in Utf8JsonSurrogate surrogate) => new(surrogate.Bytes);

    public IdentifierSurrogate ConvertToSurrogate(in Identifier value) => new(value.Provider, value.Id, value.ExpiryDate);

    public Identifier ConvertFromSurrogate(in IdentifierSurrogate surrogate) =>
        new(surrogate.Provider, surrogate.Id, surrogate.ExpiryDate);

    public EventWarningSurrogate ConvertToSurrogate(in EventWarning value) => new(value.Code, value.Path);

    public EventWarning ConvertFromSurrogate(in EventWarningSurrogate surrogate) => new(surrogate.Code, surrogate.Path);

    public ViolationSurrogate ConvertToSurrogate(in Violation value) => new(value.Code, value.Path, value.Detail);

    public Violation ConvertFromSurrogate(in ViolationSurrogate surrogate) =>
        new(surrogate.Code, surrogate.Path, surrogate.Detail);

    public CommonEventAttributesSurrogate ConvertToSurrogate(in CommonEventAttributes value) =>
        new(value.Channel, value.Language, value.Currency, value.PointOfSale, value.SessionTimeout);

    public CommonEventAttributes ConvertFromSurrogate(in CommonEventAttributesSurrogate surrogate) => new(
        surrogate.Channel, surrogate.Language, surrogate.Currency, surrogate.PointOfSale, surrogate.SessionTimeout);
}
