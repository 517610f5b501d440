namespace GuestSessions.Core.Privacy;

/// <summary>
/// Files that an operation made for a person. Each can be taken once, until it expires. Implemented beside the journal, over
/// the same store.
/// </summary>
public interface IFileStore
{
    /// <summary>Replaces the file of an operation. It is on disk when the task completes.</summary>
    Task SaveAsync(string tenant, string operation, DateTimeOffset until, byte[] content, CancellationToken cancellation);

    /// <summary>Deletes the file of an operation and returns its content, in one transaction.</summary>
    /// <returns>Null when it was taken, has expired or never was.</returns>
    Task<byte[]?> TakeAsync(string tenant, string operation, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Deletes the file of an operation.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(string tenant, string operation, CancellationToken cancellation);

    /// <summary>Deletes the files that have expired.</summary>
    Task DeleteExpiredAsync(DateTimeOffset now, CancellationToken cancellation);
}
