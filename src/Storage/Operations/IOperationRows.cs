namespace GuestSessions.Storage.Operations;

/// <summary>Where a store keeps operations, as bytes.</summary>
public interface IOperationRows
{
    /// <summary>Replaces the row; on disk when the task completes.</summary>
    Task SaveAsync(OperationRow row, CancellationToken cancellation);

    Task<OperationRow?> ReadOperationAsync(string id, CancellationToken cancellation);

    /// <summary>Tenant and id of operations that have not ended.</summary>
    Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(int limit, CancellationToken cancellation);

    Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation);
}

/// <param name="EndedAt">Null while it runs.</param>
public sealed record OperationRow(string Id, string Tenant, DateTimeOffset? EndedAt, byte[] Payload);
