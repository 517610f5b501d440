using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Contracts.Surrogates;

[GenerateSerializer, Immutable]
internal readonly record struct ErasedStandingSurrogate(
    [property: Id(0)] long Events,
    [property: Id(1)] int Undelivered,
    [property: Id(2)] int SetAside,
    [property: Id(3)] int InDoubt,
    [property: Id(4)] EventOnItsWay? Sending);

[GenerateSerializer, Immutable]
internal readonly record struct ErasedStepSurrogate(
    [property: Id(0)] ErasedStanding? Standing,
    [property: Id(1)] bool HasChanged);

[GenerateSerializer, Immutable]
internal readonly record struct EventOnItsWaySurrogate(
    [property: Id(0)] long Sequence,
    [property: Id(1)] string Type,
    [property: Id(2)] int Attempt);

[GenerateSerializer, Immutable]
internal readonly record struct ErasureCountsSurrogate(
    [property: Id(0)] long Commits,
    [property: Id(1)] long Snapshots,
    [property: Id(2)] long Terms,
    [property: Id(3)] long Browsers,
    [property: Id(4)] long SetAside,
    [property: Id(5)] long Acts,
    [property: Id(6)] long Rejections,
    [property: Id(7)] long Items,
    [property: Id(8)] long Operations);

[GenerateSerializer, Immutable]
internal readonly record struct StorageRemainsSurrogate(
    [property: Id(0)] string Store,
    [property: Id(1)] bool IsComplete,
    [property: Id(2)] string? HeldBackBy,
    [property: Id(3)] long LogFrames);

[GenerateSerializer, Immutable]
internal readonly record struct ErasureCertificateSurrogate(
    [property: Id(0)] long Guests,
    [property: Id(1)] long Lines,
    [property: Id(2)] long Skipped,
    [property: Id(3)] long Events,
    [property: Id(4)] long Undelivered,
    [property: Id(5)] long InDoubt,
    [property: Id(6)] long OnTheWayCount,
    [property: Id(7)] IReadOnlyList<EventOnItsWay>? OnTheWay,
    [property: Id(8)] ErasureCounts Erased,
    [property: Id(9)] StorageRemains? Storage,
    [property: Id(10)] DateTimeOffset? FileUntil,
    [property: Id(11)] PersonAct? FileTaken,
    [property: Id(12)] PersonAct? DoneUpstream);

[GenerateSerializer, Immutable]
internal readonly record struct ExportProgressSurrogate(
    [property: Id(0)] string? Guest,
    [property: Id(1)] long Events,
    [property: Id(2)] long Bytes,
    [property: Id(3)] DateTimeOffset? FileUntil,
    [property: Id(4)] PersonAct? FileTaken);

/// <summary>What an erasure did, and what an export made.</summary>
[RegisterConverter]
internal sealed class PrivacyConverter :
    IConverter<ErasedStanding, ErasedStandingSurrogate>,
    IConverter<ErasedStep, ErasedStepSurrogate>,
    IConverter<EventOnItsWay, EventOnItsWaySurrogate>,
    IConverter<ErasureCounts, ErasureCountsSurrogate>,
    IConverter<StorageRemains, StorageRemainsSurrogate>,
    IConverter<ErasureCertificate, ErasureCertificateSurrogate>,
    IConverter<ExportProgress, ExportProgressSurrogate>
{
    public ErasedStandingSurrogate ConvertToSurrogate(in ErasedStanding value) =>
        new(value.Events, value.Undelivered, value.SetAside, value.InDoubt, value.Sending);

    public ErasedStanding ConvertFromSurrogate(in ErasedStandingSurrogate surrogate) =>
        new(surrogate.Events, surrogate.Undelivered, surrogate.SetAside, surrogate.InDoubt, surrogate.Sending);

    public ErasedStepSurrogate ConvertToSurrogate(in ErasedStep value) => new(value.Standing, value.HasChanged);

    public ErasedStep ConvertFromSurrogate(in ErasedStepSurrogate surrogate) => new(surrogate.Standing, surrogate.HasChanged);

    public EventOnItsWaySurrogate ConvertToSurrogate(in EventOnItsWay value) => new(value.Sequence, value.Type, value.Attempt);

    public EventOnItsWay ConvertFromSurrogate(in EventOnItsWaySurrogate surrogate) =>
        new(surrogate.Sequence, surrogate.Type, surrogate.Attempt);

    public ErasureCountsSurrogate ConvertToSurrogate(in ErasureCounts value) => new(
        value.Commits, value.Snapshots, value.Terms, value.Browsers, value.SetAside, value.Acts, value.Rejections, value.Items,
        value.Operations);

    public ErasureCounts ConvertFromSurrogate(in ErasureCountsSurrogate surrogate) => new()
    {
        Commits = surrogate.Commits,
        Snapshots = surrogate.Snapshots,
        Terms = surrogate.Terms,
        Browsers = surrogate.Browsers,
        SetAside = surrogate.SetAside,
        Acts = surrogate.Acts,
        Rejections = surrogate.Rejections,
        Items = surrogate.Items,
        Operations = surrogate.Operations,
    };

    public StorageRemainsSurrogate ConvertToSurrogate(in StorageRemains value) =>
        new(value.Store, value.IsComplete, value.HeldBackBy, value.LogFrames);

    public StorageRemains ConvertFromSurrogate(in StorageRemainsSurrogate surrogate) =>
        new(surrogate.Store, surrogate.IsComplete, surrogate.HeldBackBy, surrogate.LogFrames);

    public ErasureCertificateSurrogate ConvertToSurrogate(in ErasureCertificate value) => new(
        value.Guests, value.Lines, value.Skipped, value.Events, value.Undelivered, value.InDoubt, value.OnTheWayCount,
        value.OnTheWay, value.Erased, value.Storage, value.FileUntil, value.FileTaken, value.DoneUpstream);

    public ErasureCertificate ConvertFromSurrogate(in ErasureCertificateSurrogate surrogate) => new()
    {
        Guests = surrogate.Guests,
        Lines = surrogate.Lines,
        Skipped = surrogate.Skipped,
        Events = surrogate.Events,
        Undelivered = surrogate.Undelivered,
        InDoubt = surrogate.InDoubt,
        OnTheWayCount = surrogate.OnTheWayCount,
        OnTheWay = surrogate.OnTheWay,
        Erased = surrogate.Erased,
        Storage = surrogate.Storage,
        FileUntil = surrogate.FileUntil,
        FileTaken = surrogate.FileTaken,
        DoneUpstream = surrogate.DoneUpstream,
    };

    public ExportProgressSurrogate ConvertToSurrogate(in ExportProgress value) =>
        new(value.Guest, value.Events, value.Bytes, value.FileUntil, value.FileTaken);

    public ExportProgress ConvertFromSurrogate(in ExportProgressSurrogate surrogate) => new()
    {
        Guest = surrogate.Guest,
        Events = surrogate.Events,
        Bytes = surrogate.Bytes,
        FileUntil = surrogate.FileUntil,
        FileTaken = surrogate.FileTaken,
    };
}
