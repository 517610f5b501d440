namespace GuestSessions.Core.Operations;

/// <summary>Where operations outlive the process that began them. Implemented beside the journal, over the same store.</summary>
public interface IOperationStore
{
    /// <summary>Replaces what is known of an operation; on disk when the task completes.</summary>
    Task SaveAsync(OperationRecord record, CancellationToken cancellation);

    /// <summary>Null when there is no such operation of the tenant.</summary>
    Task<OperationRecord?> LoadAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>Operations that have not ended, at most <paramref name="limit"/> of them.</summary>
    Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(int limit, CancellationToken cancellation);

    /// <summary>Forgets operations that ended before a time.</summary>
    Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation);
}
