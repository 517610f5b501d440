using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Rejections;

namespace GuestSessions.Grains.Contracts.Surrogates;

[GenerateSerializer, Immutable]
internal readonly record struct RejectionSurrogate(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string Code,
    [property: Id(2)] string? EventId,
    [property: Id(3)] string? Type,
    [property: Id(4)] string? Guest,
    [property: Id(5)] string? OrderReference,
    [property: Id(6)] IReadOnlyList<RejectedPath>? Errors,
    [property: Id(7)] UInt128? GuestHash,
    [property: Id(8)] UInt128? OrderHash);

[GenerateSerializer, Immutable]
internal readonly record struct RejectedPathSurrogate([property: Id(0)] string Path, [property: Id(1)] string Code);

[GenerateSerializer, Immutable]
internal readonly record struct ExtAttributeSurrogate(
    [property: Id(0)] string EventType,
    [property: Id(1)] string Name,
    [property: Id(2)] ExtType Type);

[GenerateSerializer, Immutable]
internal readonly record struct LearnedExtTypeSurrogate(
    [property: Id(0)] ExtAttribute Attribute,
    [property: Id(1)] DateTimeOffset Since);

[GenerateSerializer, Immutable]
internal readonly record struct SetAsideQuerySurrogate(
    [property: Id(0)] string Tenant,
    [property: Id(1)] bool InDoubt,
    [property: Id(2)] string? Type,
    [property: Id(3)] string? Code,
    [property: Id(4)] DateTimeOffset? Before,
    [property: Id(5)] SetAsidePlace? After,
    [property: Id(6)] int Limit,
    [property: Id(7)] string? Warning);

[GenerateSerializer, Immutable]
internal readonly record struct SetAsidePlaceSurrogate(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] UInt128 Guest,
    [property: Id(2)] long Sequence);

[GenerateSerializer, Immutable]
internal readonly record struct TenantCountsSurrogate(
    [property: Id(0)] int Waiting,
    [property: Id(1)] int Hot,
    [property: Id(2)] int Quarantined,
    [property: Id(3)] int InDoubt,
    [property: Id(4)] DateTimeOffset? WaitingSince,
    [property: Id(5)] long Undelivered,
    [property: Id(6)] DateTimeOffset? QuarantinedSince,
    [property: Id(7)] DateTimeOffset? InDoubtSince);

[GenerateSerializer, Immutable]
internal readonly record struct ReplayProgressMadeSurrogate(
    [property: Id(0)] long Next,
    [property: Id(1)] long Replayed,
    [property: Id(2)] bool IsForgotten,
    [property: Id(3)] IReadOnlyList<OperationItem>? Items);

[GenerateSerializer, Immutable]
internal readonly record struct OperationItemSurrogate(
    [property: Id(0)] string Guest,
    [property: Id(1)] long Sequence,
    [property: Id(2)] string EventId,
    [property: Id(3)] string Outcome);

[GenerateSerializer, Immutable]
internal readonly record struct OperationPlaceSurrogate(
    [property: Id(0)] DateTimeOffset StartedAt,
    [property: Id(1)] string Id);

[GenerateSerializer, Immutable]
internal readonly record struct SetAsideGroupsSurrogate(
    [property: Id(0)] long Count,
    [property: Id(1)] IReadOnlyList<SetAsideGroup> Groups);

[GenerateSerializer, Immutable]
internal readonly record struct SetAsideGroupSurrogate(
    [property: Id(0)] string Type,
    [property: Id(1)] string? Code,
    [property: Id(2)] long Count,
    [property: Id(3)] DateTimeOffset First,
    [property: Id(4)] DateTimeOffset Last);

/// <summary>The lists of a tenant, and the progress of its operations.</summary>
[RegisterConverter]
internal sealed class ListConverter :
    IConverter<Rejection, RejectionSurrogate>,
    IConverter<RejectedPath, RejectedPathSurrogate>,
    IConverter<ExtAttribute, ExtAttributeSurrogate>,
    IConverter<LearnedExtType, LearnedExtTypeSurrogate>,
    IConverter<SetAsideQuery, SetAsideQuerySurrogate>,
    IConverter<SetAsidePlace, SetAsidePlaceSurrogate>,
    IConverter<TenantCounts, TenantCountsSurrogate>,
    IConverter<ReplayProgressMade, ReplayProgressMadeSurrogate>,
    IConverter<OperationItem, OperationItemSurrogate>,
    IConverter<OperationPlace, OperationPlaceSurrogate>,
    IConverter<SetAsideGroups, SetAsideGroupsSurrogate>,
    IConverter<SetAsideGroup, SetAsideGroupSurrogate>
{
    public RejectionSurrogate ConvertToSurrogate(in Rejection value) => new(
        value.At, value.Code, value.EventId, value.Type, value.Guest, value.OrderReference, value.Errors, value.GuestHash,
        value.OrderHash);

    public Rejection ConvertFromSurrogate(in RejectionSurrogate surrogate) => new(
        surrogate.At, surrogate.Code, surrogate.EventId, surrogate.Type, surrogate.Guest, surrogate.OrderReference,
        surrogate.Errors ?? [])
    {
        GuestHash = surrogate.GuestHash,
        OrderHash = surrogate.OrderHash,
    };

    public RejectedPathSurrogate ConvertToSurrogate(in RejectedPath value) => new(value.Path, value.Code);

    public RejectedPath ConvertFromSurrogate(in RejectedPathSurrogate surrogate) => new(surrogate.Path, surrogate.Code);

    public ExtAttributeSurrogate ConvertToSurrogate(in ExtAttribute value) => new(value.EventType, value.Name, value.Type);

    public ExtAttribute ConvertFromSurrogate(in ExtAttributeSurrogate surrogate) =>
        new(surrogate.EventType, surrogate.Name, surrogate.Type);

    public LearnedExtTypeSurrogate ConvertToSurrogate(in LearnedExtType value) => new(value.Attribute, value.Since);

    public LearnedExtType ConvertFromSurrogate(in LearnedExtTypeSurrogate surrogate) =>
        new(surrogate.Attribute, surrogate.Since);

    public SetAsideQuerySurrogate ConvertToSurrogate(in SetAsideQuery value) => new(
        value.Tenant, value.InDoubt, value.Type, value.Code, value.Before, value.After, value.Limit, value.Warning);

    public SetAsideQuery ConvertFromSurrogate(in SetAsideQuerySurrogate surrogate) => new(
        surrogate.Tenant, surrogate.InDoubt, surrogate.Type, surrogate.Code, surrogate.Before, surrogate.After,
        surrogate.Limit, surrogate.Warning);

    public SetAsidePlaceSurrogate ConvertToSurrogate(in SetAsidePlace value) => new(value.At, value.Guest, value.Sequence);

    public SetAsidePlace ConvertFromSurrogate(in SetAsidePlaceSurrogate surrogate) =>
        new(surrogate.At, surrogate.Guest, surrogate.Sequence);

    public TenantCountsSurrogate ConvertToSurrogate(in TenantCounts value) =>
        new(value.Waiting, value.Hot, value.Quarantined, value.InDoubt, value.WaitingSince, value.Undelivered,
            value.QuarantinedSince, value.InDoubtSince);

    public TenantCounts ConvertFromSurrogate(in TenantCountsSurrogate surrogate) => new(
        surrogate.Waiting, surrogate.Hot, surrogate.Quarantined, surrogate.InDoubt, surrogate.WaitingSince)
    {
        Undelivered = surrogate.Undelivered,
        QuarantinedSince = surrogate.QuarantinedSince,
        InDoubtSince = surrogate.InDoubtSince,
    };

    public ReplayProgressMadeSurrogate ConvertToSurrogate(in ReplayProgressMade value) =>
        new(value.Next, value.Replayed, value.IsForgotten, value.Items.Count == 0 ? null : value.Items);

    public ReplayProgressMade ConvertFromSurrogate(in ReplayProgressMadeSurrogate surrogate) =>
        new(surrogate.Next, surrogate.Replayed, surrogate.IsForgotten) { Items = surrogate.Items ?? [] };

    public OperationItemSurrogate ConvertToSurrogate(in OperationItem value) =>
        new(value.Guest, value.Sequence, value.EventId, value.Outcome);

    public OperationItem ConvertFromSurrogate(in OperationItemSurrogate surrogate) =>
        new(surrogate.Guest, surrogate.Sequence, surrogate.EventId, surrogate.Outcome);

    public OperationPlaceSurrogate ConvertToSurrogate(in OperationPlace value) => new(value.StartedAt, value.Id);

    public OperationPlace ConvertFromSurrogate(in OperationPlaceSurrogate surrogate) =>
        new(surrogate.StartedAt, surrogate.Id);

    public SetAsideGroupsSurrogate ConvertToSurrogate(in SetAsideGroups value) => new(value.Count, value.Groups);

    public SetAsideGroups ConvertFromSurrogate(in SetAsideGroupsSurrogate surrogate) =>
        new(surrogate.Count, surrogate.Groups);

    public SetAsideGroupSurrogate ConvertToSurrogate(in SetAsideGroup value) =>
        new(value.Type, value.Code, value.Count, value.First, value.Last);

    public SetAsideGroup ConvertFromSurrogate(in SetAsideGroupSurrogate surrogate) =>
        new(surrogate.Type, surrogate.Code, surrogate.Count, surrogate.First, surrogate.Last);
}
