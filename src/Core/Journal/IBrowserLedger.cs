using GuestSessions.Core.Guests;

namespace GuestSessions.Core.Journal;

/// <summary>
/// The owner of each browser id: one row each, moved by compare-and-set in a transaction of its own. Implemented beside
/// <see cref="IJournal"/> over the same store.
/// </summary>
public interface IBrowserLedger
{
    /// <summary>The owner of a browser id; null while there was no claim.</summary>
    Task<BrowserOwner?> ReadOwnerAsync(string tenant, string browserId, CancellationToken cancellation);

    /// <summary>
    /// Makes the claimant the owner if the row still has the generation that the claimant read. On disk when the task
    /// completes.
    /// Repeating a claim changes nothing.
    /// </summary>
    /// <returns>The owner afterwards: the claimant, or another guest that was faster.</returns>
    /// <exception cref="JournalUnavailableException">
    /// The store failed. Whether the claim took effect is unknown, and the caller can repeat it.
    /// </exception>
    Task<BrowserOwner> ClaimAsync(BrowserClaim claim, CancellationToken cancellation);
}

/// <summary>The owner of a browser id.</summary>
/// <param name="Guest">The guest whose line takes the browser's events.</param>
/// <param name="Name">The owner's guest id, or that of an anonymous browser.</param>
/// <param name="Generation">Counts the owners, 1 for the first.</param>
/// <param name="Previous">The last owner that was another guest; null when there was none.</param>
public sealed record BrowserOwner(GuestKey Guest, string Name, long Generation, GuestKey? Previous)
{
    /// <summary>Whether the claim that this answers made the row: the browser id had no owner before it.</summary>
    public bool IsNew { get; init; }
}

/// <summary>The claim of a guest to own a browser id.</summary>
/// <param name="After">The generation that the guest read; 0 when there was no owner.</param>
public sealed record BrowserClaim(string BrowserId, GuestKey Guest, string Name, long After);
