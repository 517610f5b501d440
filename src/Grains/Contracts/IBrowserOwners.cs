namespace GuestSessions.Grains.Contracts;

/// <summary>Finds the guest whose line a browser's events join.</summary>
public interface IBrowserOwners
{
    /// <summary>
    /// Returns the id of the guest that owns a browser: the guest that a backend named, otherwise
    /// <c>BrowserGuests.Of(browserId)</c>. Empty if that guest was erased.
    /// </summary>
    /// <param name="tenant">The tenant's name.</param>
    /// <param name="browserId">A well-formed browser id, in upper or lower case.</param>
    /// <exception cref="SessionUnavailableException">The owner cannot be read now.</exception>
    ValueTask<string> OwnerOfAsync(string tenant, string browserId);
}
