namespace GuestSessions.Core.Operations;

/// <summary>
/// Stores operations, so that they survive the process that started them. Implemented beside the journal, over the
/// same store.
/// </summary>
public interface IOperationStore
{
    /// <summary>
    /// Replaces an operation's record and its items from a number on, in one transaction, so that a repeated step has no item
    /// twice. It is on disk when the task completes.
    /// </summary>
    /// <param name="items">The items of this step, in their order.</param>
    /// <param name="before">Number of items that stay: those of the steps before this one.</param>
    Task SaveAsync(
        OperationRecord record, IReadOnlyList<OperationItem> items, long before, CancellationToken cancellation);

    /// <summary>Null if the tenant has no such operation.</summary>
    Task<OperationRecord?> LoadAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>A tenant's operations, the latest first.</summary>
    /// <param name="before">Where the page before ended; null for the first page.</param>
    Task<IReadOnlyList<OperationRecord>> ReadLatestAsync(
        string tenant, OperationPlace? before, int limit, CancellationToken cancellation);

    /// <summary>The items of an operation, in the order in which they were done.</summary>
    /// <param name="after">Number of items before the page.</param>
    Task<IReadOnlyList<OperationItem>> ReadItemsAsync(
        string tenant, string id, long after, int limit, CancellationToken cancellation);

    /// <summary>Operations that have not ended, at most <paramref name="limit"/> of them.</summary>
    Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(int limit, CancellationToken cancellation);

    /// <summary>Deletes operations, with their items, that ended before a time.</summary>
    Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation);
}
