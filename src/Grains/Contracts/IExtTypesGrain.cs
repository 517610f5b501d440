using GuestSessions.Core.Events.Rules;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// Where the hosts of the API agree on the types of a tenant's <c>ext</c> attributes: whoever saw one first is right, until
/// somebody resets it. The key is the tenant's name. What it knows is stored.
/// </summary>
[Alias("ext-types"), Version(1)]
public interface IExtTypesGrain : IGrainWithStringKey
{
    /// <summary>The types that these attributes have: those seen first, which may be the ones given.</summary>
    [Alias("agree")]
    Task<IReadOnlyList<ExtAttribute>> AgreeAsync(IReadOnlyList<ExtAttribute> seen);

    /// <summary>All that is known, by event type and name.</summary>
    [Alias("read")]
    Task<ExtTypesView> ReadAsync();

    /// <summary>Grows whenever something is forgotten, so that hosts know when to read anew.</summary>
    [Alias("resets")]
    Task<long> CountResetsAsync();

    /// <summary>Forgets attributes, so that the type seen next counts.</summary>
    /// <param name="eventType">Only those of this type; null for all.</param>
    /// <param name="name">Only those of this name; null for all.</param>
    /// <returns>How many were forgotten.</returns>
    [Alias("reset")]
    Task<int> ResetAsync(string? eventType, string? name, ActMessage act);
}

/// <param name="Types">By event type and name.</param>
/// <param name="Resets">See <see cref="IExtTypesGrain.CountResetsAsync"/>.</param>
[GenerateSerializer, Immutable, Alias("ext-types-view")]
public sealed record ExtTypesView(
    [property: Id(0)] IReadOnlyList<LearnedExtType> Types,
    [property: Id(1)] long Resets);
