using GuestSessions.Core.Rejections;

namespace GuestSessions.Storage.Rejections;

/// <summary>Where a store keeps rejections, as bytes.</summary>
public interface IRejectionRows
{
    /// <summary>Adds rows in one transaction and lets go of the tenant's oldest beyond <paramref name="most"/>.</summary>
    Task AppendRejectionsAsync(
        string tenant, IReadOnlyList<RejectionRow> rows, int most, CancellationToken cancellation);

    /// <summary>Number and payload, the latest first.</summary>
    Task<IReadOnlyList<(long Number, byte[] Payload)>> ReadRejectionsAsync(
        RejectionQuery query, CancellationToken cancellation);

    Task DeleteRejectionsAsync(DateTimeOffset before, CancellationToken cancellation);
}

/// <param name="Guest">Zero where there is none.</param>
/// <param name="Order">Zero where there is none.</param>
public sealed record RejectionRow(DateTimeOffset At, string Code, UInt128 Guest, UInt128 Order, byte[] Payload);
