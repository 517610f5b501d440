using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Contracts.Surrogates;

[GenerateSerializer, Immutable]
internal readonly record struct ListedSetAsideSurrogate(
    [property: Id(0)] GuestKey Guest,
    [property: Id(1)] string Name,
    [property: Id(2)] long Sequence,
    [property: Id(3)] string EventId,
    [property: Id(4)] string Type,
    [property: Id(5)] string? Code,
    [property: Id(6)] DateTimeOffset At,
    [property: Id(7)] IReadOnlyList<EventWarning>? Warnings);

[GenerateSerializer, Immutable]
internal readonly record struct ListedBacklogSurrogate(
    [property: Id(0)] GuestKey Guest,
    [property: Id(1)] string Name,
    [property: Id(2)] int Undelivered,
    [property: Id(3)] DateTimeOffset? WaitingSince,
    [property: Id(4)] string? Block);

[GenerateSerializer, Immutable]
internal readonly record struct ListedActSurrogate(
    [property: Id(0)] long Number,
    [property: Id(1)] string? Name,
    [property: Id(2)] RecordedAct Act);

[GenerateSerializer, Immutable]
internal readonly record struct GuestKeySurrogate([property: Id(0)] string Tenant, [property: Id(1)] UInt128 Hash);

/// <summary>The items of the lists over all guests.</summary>
[RegisterConverter]
internal sealed class ListedItemConverter :
    IConverter<ListedSetAside, ListedSetAsideSurrogate>,
    IConverter<ListedBacklog, ListedBacklogSurrogate>,
    IConverter<ListedAct, ListedActSurrogate>,
    IConverter<GuestKey, GuestKeySurrogate>
{
    public ListedSetAsideSurrogate ConvertToSurrogate(in ListedSetAside value) => new(
        value.Guest, value.Name, value.Sequence, value.EventId, value.Type, value.Code, value.At, value.Warnings);

    public ListedSetAside ConvertFromSurrogate(in ListedSetAsideSurrogate surrogate) => new(
        surrogate.Guest, surrogate.Name, surrogate.Sequence, surrogate.EventId, surrogate.Type, surrogate.Code, surrogate.At)
    {
        Warnings = surrogate.Warnings ?? [],
    };

    public ListedBacklogSurrogate ConvertToSurrogate(in ListedBacklog value) =>
        new(value.Guest, value.Name, value.Undelivered, value.WaitingSince, value.Block);

    public ListedBacklog ConvertFromSurrogate(in ListedBacklogSurrogate surrogate) => new(
        surrogate.Guest, surrogate.Name, surrogate.Undelivered, surrogate.WaitingSince, surrogate.Block);

    public ListedActSurrogate ConvertToSurrogate(in ListedAct value) => new(value.Number, value.Name, value.Act);

    public ListedAct ConvertFromSurrogate(in ListedActSurrogate surrogate) =>
        new(surrogate.Number, surrogate.Name, surrogate.Act);

    public GuestKeySurrogate ConvertToSurrogate(in GuestKey value) => new(value.Tenant, value.Hash);

    public GuestKey ConvertFromSurrogate(in GuestKeySurrogate surrogate) => new(surrogate.Tenant, surrogate.Hash);
}
