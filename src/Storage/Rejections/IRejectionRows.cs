using GuestSessions.Core.Rejections;

namespace GuestSessions.Storage.Rejections;

/// <summary>The rows of rejected events, as bytes.</summary>
public interface IRejectionRows
{
    /// <summary>Adds rows in their order, and deletes the tenant's oldest beyond <paramref name="most"/>.</summary>
    Task AppendAsync(string tenant, IReadOnlyList<RejectionRow> rows, int most, CancellationToken cancellation);

    /// <summary>Reads numbers and payloads, the newest first.</summary>
    Task<IReadOnlyList<(long Number, byte[] Payload)>> ReadAsync(RejectionQuery query, CancellationToken cancellation);

    /// <summary>Deletes the rows from before a time.</summary>
    Task DeleteAsync(DateTimeOffset before, CancellationToken cancellation);
}

/// <param name="Guest">Zero where there is none.</param>
/// <param name="Order">Zero where there is none.</param>
public sealed record RejectionRow(DateTimeOffset At, string Code, UInt128 Guest, UInt128 Order, byte[] Payload);
