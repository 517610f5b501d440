namespace GuestSessions.Storage.Operations;

/// <summary>The rows of long-running operations, as bytes.</summary>
public interface IOperationRows
{
    /// <summary>
    /// Replaces the row; it is on disk when the task completes. Never replaces the row of another tenant.
    /// </summary>
    Task SaveAsync(OperationRow row, CancellationToken cancellation);

    /// <summary>Reads a row by its id; null when there is none.</summary>
    Task<OperationRow?> ReadAsync(string id, CancellationToken cancellation);

    /// <summary>Reads tenant and id of operations that have not ended.</summary>
    Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(int limit, CancellationToken cancellation);

    /// <summary>Deletes the operations that ended before a time.</summary>
    Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation);
}

/// <param name="EndedAt">Null while it runs.</param>
public sealed record OperationRow(string Id, string Tenant, DateTimeOffset? EndedAt, byte[] Payload);
