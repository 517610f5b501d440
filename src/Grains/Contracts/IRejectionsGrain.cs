using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>What was rejected of a tenant, whichever host of the API rejected it; the key is the tenant's name.</summary>
[Alias("rejections"), Version(1)]
public interface IRejectionsGrain : IGrainWithStringKey
{
    /// <summary>Adds rejections in their order; they are stored when it returns.</summary>
    [Alias("add")]
    Task AddAsync(IReadOnlyList<RejectionMessage> rejections);

    /// <summary>Newest first.</summary>
    [Alias("read")]
    Task<RejectionPage> ReadAsync(RejectionRequest request);
}

/// <summary>One event that was rejected: when, what it was about, and by which rules. It holds no value of it.</summary>
/// <param name="EventId">The caller's id, where it had a valid one.</param>
/// <param name="Type">The event's type, where it is one of the upstream's own.</param>
[GenerateSerializer, Immutable, Alias("rejection-message")]
public sealed record RejectionMessage(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string Code,
    [property: Id(2)] string? EventId,
    [property: Id(3)] string? Type,
    [property: Id(4)] IReadOnlyList<RejectedPathMessage> Errors)
{
    /// <summary>The guest as the caller named it, masked where that looks personal.</summary>
    [Id(5)] public string? Guest { get; init; }

    /// <summary>The order it was about, masked where that looks personal.</summary>
    [Id(6)] public string? OrderReference { get; init; }

    /// <summary>The keyed hash to find it by.</summary>
    [Id(7)] public UInt128? GuestHash { get; init; }

    /// <summary>The keyed hash to find it by.</summary>
    [Id(8)] public UInt128? OrderHash { get; init; }
}

[GenerateSerializer, Immutable, Alias("rejected-path")]
public sealed record RejectedPathMessage([property: Id(0)] string Path, [property: Id(1)] string Code);

/// <summary>See <c>RejectionQuery</c>.</summary>
/// <param name="Before">Only those with a lower number; null starts at the newest.</param>
/// <param name="Limit">1 to 500.</param>
[GenerateSerializer, Immutable, Alias("rejection-request")]
public sealed record RejectionRequest(
    [property: Id(0)] string? Code,
    [property: Id(1)] UInt128? Guest,
    [property: Id(2)] UInt128? Order,
    [property: Id(3)] long? Before,
    [property: Id(4)] int Limit);

/// <param name="Next">The <c>before</c> of the following page; null when this is the last.</param>
[GenerateSerializer, Immutable, Alias("rejection-page")]
public sealed record RejectionPage(
    [property: Id(0)] IReadOnlyList<RejectionMessage> Rejections,
    [property: Id(1)] long? Next);
