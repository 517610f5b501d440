namespace GuestSessions.Grains.Contracts;

/// <summary>Knows whose line a browser's events join.</summary>
public interface IBrowserOwners
{
    /// <summary>
    /// The id of the guest that owns a browser: the one a backend named, else <c>BrowserGuests.Of(browserId)</c>.
    /// </summary>
    /// <param name="tenant">The tenant's name.</param>
    /// <param name="browserId">A well-formed browser id, in any case.</param>
    /// <exception cref="SessionUnavailableException">It cannot be known now.</exception>
    ValueTask<string> OwnerOfAsync(string tenant, string browserId);
}
