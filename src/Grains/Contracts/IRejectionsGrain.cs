using GuestSessions.Core.Rejections;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>The rejections of a tenant, from all API hosts. The key is the tenant's name.</summary>
[Alias("rejections"), Version(1)]
public interface IRejectionsGrain : IGrainWithStringKey
{
    /// <summary>Adds rejections in the given order; they are durable when it returns.</summary>
    [Alias("add")]
    Task AddAsync(IReadOnlyList<Rejection> rejections);

    /// <summary>Returns rejections, the newest first.</summary>
    [Alias("read")]
    Task<RejectionPage> ReadAsync(RejectionRequest request);
}

/// <summary>A <c>RejectionQuery</c> without the tenant and the age, which the silo adds.</summary>
/// <param name="Before">Only rejections with a lower number; null starts at the newest.</param>
/// <param name="Limit">1 to 500.</param>
[GenerateSerializer, Immutable, Alias("rejection-request")]
public sealed record RejectionRequest(
    [property: Id(0)] string? Code,
    [property: Id(1)] UInt128? Guest,
    [property: Id(2)] UInt128? Order,
    [property: Id(3)] long? Before,
    [property: Id(4)] int Limit);

/// <param name="Next">The <c>before</c> of the next page; null when this is the last page.</param>
[GenerateSerializer, Immutable, Alias("rejection-page")]
public sealed record RejectionPage(
    [property: Id(0)] IReadOnlyList<Rejection> Rejections,
    [property: Id(1)] long? Next);
