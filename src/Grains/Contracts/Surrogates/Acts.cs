using GuestSessions.Core.Json;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Contracts.Surrogates;

[GenerateSerializer, Immutable]
internal readonly record struct PersonActSurrogate(
    [property: Id(0)] string By,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string? Reason,
    [property: Id(3)] string? Via);

[GenerateSerializer, Immutable]
internal readonly record struct RecordedActSurrogate(
    [property: Id(0)] string Kind,
    [property: Id(1)] PersonAct Act,
    [property: Id(2)] long? Sequence,
    [property: Id(3)] string? EventId,
    [property: Id(4)] string? Field);

[GenerateSerializer, Immutable]
internal readonly record struct ReceiptActSurrogate(
    [property: Id(0)] ActKind Kind,
    [property: Id(1)] PersonAct Act,
    [property: Id(2)] EventEdit? Edit,
    [property: Id(3)] bool SessionClosed);

[GenerateSerializer, Immutable]
internal readonly record struct EventEditSurrogate(
    [property: Id(0)] string Type,
    [property: Id(1)] string Channel,
    [property: Id(2)] string PointOfSale,
    [property: Id(3)] string? Page,
    [property: Id(4)] string? BrowserId,
    [property: Id(5)] Utf8Json Body,
    [property: Id(6)] Utf8Json? Defaults,
    [property: Id(7)] string? OrderReference,
    [property: Id(8)] IReadOnlyList<EventWarning>? Warnings);

/// <summary>What people do: in the audit, to an event, and the content of an edit.</summary>
[RegisterConverter]
internal sealed class ActConverter :
    IConverter<PersonAct, PersonActSurrogate>,
    IConverter<RecordedAct, RecordedActSurrogate>,
    IConverter<ReceiptAct, ReceiptActSurrogate>,
    IConverter<EventEdit, EventEditSurrogate>
{
    public PersonActSurrogate ConvertToSurrogate(in PersonAct value) => new(value.By, value.At, value.Reason, value.Via);

    public PersonAct ConvertFromSurrogate(in PersonActSurrogate surrogate) =>
        new(surrogate.By, surrogate.At, surrogate.Reason, surrogate.Via);

    public RecordedActSurrogate ConvertToSurrogate(in RecordedAct value) =>
        new(value.Kind, value.Act, value.Sequence, value.EventId, value.Field);

    public RecordedAct ConvertFromSurrogate(in RecordedActSurrogate surrogate) =>
        new(surrogate.Kind, surrogate.Act, surrogate.Sequence, surrogate.EventId, surrogate.Field);

    public ReceiptActSurrogate ConvertToSurrogate(in ReceiptAct value) =>
        new(value.Kind, value.Act, value.Edit, value.SessionClosed);

    public ReceiptAct ConvertFromSurrogate(in ReceiptActSurrogate surrogate) =>
        new(surrogate.Kind, surrogate.Act, surrogate.Edit, surrogate.SessionClosed);

    public EventEditSurrogate ConvertToSurrogate(in EventEdit value) => new(
        value.Type, value.Channel, value.PointOfSale, value.Page, value.BrowserId, value.Body, value.Defaults,
        value.OrderReference, value.Warnings);

    public EventEdit ConvertFromSurrogate(in EventEditSurrogate surrogate) => new()
    {
        Type = surrogate.Type,
        Channel = surrogate.Channel,
        PointOfSale = surrogate.PointOfSale,
        Page = surrogate.Page,
        BrowserId = surrogate.BrowserId,
        Body = surrogate.Body,
        Defaults = surrogate.Defaults,
        OrderReference = surrogate.OrderReference,
        Warnings = surrogate.Warnings,
    };
}
