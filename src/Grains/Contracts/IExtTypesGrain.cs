using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// Where the hosts of the API agree on the types of a tenant's <c>ext</c> attributes: whoever saw one first is right. The
/// key is the tenant's name. It lives in memory: after its silo goes, the type seen next counts, and only a warning that
/// was due may be missed.
/// </summary>
[Alias("ext-types"), Version(1)]
public interface IExtTypesGrain : IGrainWithStringKey
{
    /// <summary>The types that these attributes have: those seen first, which may be the ones given.</summary>
    [Alias("agree")]
    Task<IReadOnlyList<ExtTypeMessage>> AgreeAsync(IReadOnlyList<ExtTypeMessage> seen);
}

/// <param name="Type">The number of the core's <c>ExtType</c>.</param>
[GenerateSerializer, Immutable, Alias("ext-type")]
public sealed record ExtTypeMessage(
    [property: Id(0)] string EventType,
    [property: Id(1)] string Name,
    [property: Id(2)] int Type);
