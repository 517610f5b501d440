namespace GuestSessions.Core.Events.Rules;

/// <summary>Stores the types of <c>ext</c> attributes, so that they survive the process that saw them first.</summary>
public interface IExtTypeStore
{
    /// <summary>
    /// All attributes of a tenant's events, by event type and name; at most <see cref="ExtTypes.Capacity"/>.
    /// </summary>
    Task<IReadOnlyList<LearnedExtType>> LoadAsync(string tenant, CancellationToken cancellation);

    /// <summary>Adds attributes in one transaction; one that is known stays as it is.</summary>
    Task LearnAsync(string tenant, IReadOnlyList<LearnedExtType> attributes, CancellationToken cancellation);

    /// <summary>Forgets attributes.</summary>
    /// <param name="eventType">Only those of this type; null for all.</param>
    /// <param name="name">Only those of this name; null for all.</param>
    Task ForgetAsync(string tenant, string? eventType, string? name, CancellationToken cancellation);
}

/// <param name="Since">When it was seen first.</param>
public readonly record struct LearnedExtType(ExtAttribute Attribute, DateTimeOffset Since);
