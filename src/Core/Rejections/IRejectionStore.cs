namespace GuestSessions.Core.Rejections;

/// <summary>
/// Stores rejections, so that they survive the process that made them. Implemented beside the journal, over the same
/// store.
/// </summary>
public interface IRejectionStore
{
    /// <summary>Number of rejections kept per tenant; the oldest are deleted first.</summary>
    const int MostKept = 10_000;

    /// <summary>How long they are kept.</summary>
    static readonly TimeSpan Age = TimeSpan.FromDays(30);

    /// <summary>Adds rejections in their order, in one transaction.</summary>
    Task AppendAsync(string tenant, IReadOnlyList<Rejection> rejections, CancellationToken cancellation);

    /// <summary>The latest first.</summary>
    Task<IReadOnlyList<ListedRejection>> ReadAsync(RejectionQuery query, CancellationToken cancellation);

    /// <summary>Deletes rejections older than a time.</summary>
    Task DeleteAsync(DateTimeOffset before, CancellationToken cancellation);
}

/// <summary>
/// One rejected event or request: what it concerned, and which rules rejected it. It contains no values of it.
/// </summary>
/// <param name="Code">The code of the first error.</param>
/// <param name="EventId">The caller's event id, if it was valid.</param>
/// <param name="Type">The event's type, if it is one of the upstream's own.</param>
/// <param name="Guest">The caller's guest id, masked if it looks personal.</param>
/// <param name="OrderReference">Its order reference, masked if it looks personal.</param>
public sealed record Rejection(
    DateTimeOffset At, string Code, string? EventId, string? Type, string? Guest, string? OrderReference,
    IReadOnlyList<RejectedPath> Errors)
{
    /// <summary>The keyed hash of the guest's id, for searches.</summary>
    public UInt128? GuestHash { get; init; }

    /// <summary>The keyed hash of the order reference, for searches.</summary>
    public UInt128? OrderHash { get; init; }
}

/// <param name="Path">JSON Pointer into the envelope, with a star for names that no rule knows.</param>
public sealed record RejectedPath(string Path, string Code);

/// <param name="Number">Grows with every rejection of the store.</param>
public sealed record ListedRejection(long Number, Rejection Rejection);

/// <param name="Code">Only those with this code.</param>
/// <param name="Guest">Only those of this guest, by its hash.</param>
/// <param name="Order">Only those of this order, by its hash.</param>
/// <param name="Since">Only those at or after this time.</param>
/// <param name="Before">Only those with a lower number.</param>
public sealed record RejectionQuery(
    string Tenant, string? Code, UInt128? Guest, UInt128? Order, DateTimeOffset Since, long? Before, int Limit);
