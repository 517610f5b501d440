using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>Looks up guests by search terms. One grain per tenant, on every silo. The key is the tenant's name.</summary>
[Alias("guest-directory"), Version(1)]
public interface IGuestDirectoryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Returns the ids of the guests indexed under a term, in ordinal order, after <paramref name="after"/>.
    /// </summary>
    [Alias("find")]
    Task<IReadOnlyList<string>> FindAsync(string kind, string value, string? after, int limit);
}

/// <summary>Finds the owners of browsers. Implemented by the same grains as <see cref="IGuestDirectoryGrain"/>.</summary>
[Alias("browser-directory"), Version(1)]
public interface IBrowserDirectoryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Returns the id of the guest that owns a browser: the guest that a backend named, otherwise the browser's own.
    /// </summary>
    /// <exception cref="SessionUnavailableException">The owner cannot be read now.</exception>
    [Alias("owner-of")]
    Task<string> OwnerOfAsync(string browserId);
}
