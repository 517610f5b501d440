using GuestSessions.Core.Guests;

namespace GuestSessions.Core.Journal;

/// <summary>
/// Who owns which browser id: one row each, moved by compare-and-set in a transaction of its own. Implemented beside
/// <see cref="IJournal"/> over the same store.
/// </summary>
public interface IBrowserLedger
{
    /// <summary>The owner of a browser id; null while nobody has claimed it.</summary>
    Task<BrowserOwner?> ReadOwnerAsync(string tenant, string browserId, CancellationToken cancellation);

    /// <summary>
    /// Makes the claimant the owner if the row still stands where it was read. On disk when the task completes; made
    /// twice it is made once.
    /// </summary>
    /// <returns>The owner afterwards: the claimant, or who was faster.</returns>
    /// <exception cref="JournalUnavailableException">
    /// The store failed; whether the claim took effect is unknown, and the same claim can be made again.
    /// </exception>
    Task<BrowserOwner> ClaimAsync(BrowserClaim claim, CancellationToken cancellation);
}

/// <summary>The owner of a browser id.</summary>
/// <param name="Guest">Whose line takes the browser's events.</param>
/// <param name="Name">The owner's guest id, or that of a browser nobody has named.</param>
/// <param name="Generation">Counts the owners, 1 for the first.</param>
/// <param name="Previous">The last owner that was another; null when there was none.</param>
public sealed record BrowserOwner(GuestKey Guest, string Name, long Generation, GuestKey? Previous);

/// <summary>A guest on its way to own a browser id.</summary>
/// <param name="After">The generation it was read at; 0 where nobody owns it.</param>
public sealed record BrowserClaim(string BrowserId, GuestKey Guest, string Name, long After);
