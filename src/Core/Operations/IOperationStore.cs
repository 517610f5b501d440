namespace GuestSessions.Core.Operations;

/// <summary>
/// Stores operations, so that they survive the process that started them. Implemented beside the journal, over the
/// same store.
/// </summary>
public interface IOperationStore
{
    /// <summary>Replaces an operation's record. It is on disk when the task completes.</summary>
    Task SaveAsync(OperationRecord record, CancellationToken cancellation);

    /// <summary>Null if the tenant has no such operation.</summary>
    Task<OperationRecord?> LoadAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>Operations that have not ended, at most <paramref name="limit"/> of them.</summary>
    Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(int limit, CancellationToken cancellation);

    /// <summary>Deletes operations that ended before a time.</summary>
    Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation);
}
