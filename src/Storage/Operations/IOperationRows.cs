using GuestSessions.Core.Operations;

namespace GuestSessions.Storage.Operations;

/// <summary>The rows of long-running operations, as bytes.</summary>
public interface IOperationRows
{
    /// <summary>
    /// Replaces the row, and its items from a number on, in one transaction; they are on disk when the task completes. Never
    /// replaces the row of another tenant, nor its items.
    /// </summary>
    /// <param name="before">Number of items that stay.</param>
    Task SaveAsync(
        OperationRow row, IReadOnlyList<OperationItem> items, long before, CancellationToken cancellation);

    /// <summary>Reads a row by its id; null when there is none.</summary>
    Task<OperationRow?> ReadAsync(string id, CancellationToken cancellation);

    /// <summary>Reads a tenant's rows, the latest first.</summary>
    Task<IReadOnlyList<OperationRow>> ReadLatestAsync(
        string tenant, OperationPlace? before, int limit, CancellationToken cancellation);

    /// <summary>Reads the items of a tenant's operation by number.</summary>
    Task<IReadOnlyList<OperationItem>> ReadItemsAsync(
        string tenant, string id, long after, int limit, CancellationToken cancellation);

    /// <summary>Reads tenant and id of operations that have not ended.</summary>
    Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(int limit, CancellationToken cancellation);

    /// <summary>Deletes the operations, with their items, that ended before a time.</summary>
    Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation);
}

/// <param name="EndedAt">Null while it runs.</param>
public sealed record OperationRow(
    string Id, string Tenant, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, byte[] Payload);
