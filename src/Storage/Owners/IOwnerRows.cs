namespace GuestSessions.Storage.Owners;

/// <summary>The rows that record which guest owns which browser id.</summary>
public interface IOwnerRows
{
    /// <summary>
    /// Makes claims in one transaction, which is on disk when the task completes. A claim takes effect only if the row is
    /// at the generation that it names. Then the current owner becomes the previous one, unless it made the claim itself.
    /// </summary>
    /// <param name="claims">At least one, in key order of <see cref="OwnerClaim.Browser"/>.</param>
    /// <returns>For each claim, the row after all of them, and whether the claim made it.</returns>
    /// <exception cref="Exception">After any exception, the outcome is unknown.</exception>
    Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims);

    /// <summary>Reads the owner of a browser id by its hash; null while there was no claim.</summary>
    Task<OwnerRow?> ReadAsync(UInt128 browser, CancellationToken cancellation);
}
