using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>Looks guests up by what is known of them. One per tenant, on every silo; the key is the tenant's name.</summary>
[Alias("guest-directory"), Version(1)]
public interface IGuestDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The ids of the guests indexed under a term, in ordinal order after <paramref name="after"/>.</summary>
    [Alias("find")]
    Task<IReadOnlyList<string>> FindAsync(string kind, string value, string? after, int limit);
}

/// <summary>Knows the owners of browsers. The same grains as <see cref="IGuestDirectoryGrain"/>.</summary>
[Alias("browser-directory"), Version(1)]
public interface IBrowserDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The id of the guest that owns a browser: the one a backend named, else the browser's own.</summary>
    /// <exception cref="SessionUnavailableException">It cannot be known now.</exception>
    [Alias("owner-of")]
    Task<string> OwnerOfAsync(string browserId);
}
