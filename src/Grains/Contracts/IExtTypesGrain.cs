using GuestSessions.Core.Events.Rules;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// The API hosts use this grain to agree on the types of a tenant's <c>ext</c> attributes. The type seen first counts until
/// a person resets it. The key is the tenant's name. The types are stored.
/// </summary>
[Alias("ext-types"), Version(1)]
public interface IExtTypesGrain : IGrainWithStringKey
{
    /// <summary>Returns the agreed types of these attributes: the types seen first, which may be the given ones.</summary>
    [Alias("agree")]
    Task<IReadOnlyList<ExtAttribute>> AgreeAsync(IReadOnlyList<ExtAttribute> seen);

    /// <summary>Returns all known types, by event type and name.</summary>
    [Alias("read")]
    Task<ExtTypesView> ReadAsync();

    /// <summary>Returns a count that grows with every reset, so that hosts know when to read the types again.</summary>
    [Alias("resets")]
    Task<long> CountResetsAsync();

    /// <summary>Forgets attributes, so that the type seen next becomes the agreed one.</summary>
    /// <param name="eventType">Only attributes of this event type; null for all.</param>
    /// <param name="name">Only attributes with this name; null for all.</param>
    /// <returns>The number of forgotten attributes.</returns>
    [Alias("reset")]
    Task<int> ResetAsync(string? eventType, string? name, ActMessage act);
}

/// <param name="Types">The known types, by event type and name.</param>
/// <param name="Resets">See <see cref="IExtTypesGrain.CountResetsAsync"/>.</param>
[GenerateSerializer, Immutable, Alias("ext-types-view")]
public sealed record ExtTypesView(
    [property: Id(0)] IReadOnlyList<LearnedExtType> Types,
    [property: Id(1)] long Resets);
