namespace GuestSessions.Core.Operations;

/// <summary>What an operation did with one event.</summary>
/// <param name="Guest">The guest id as the caller chose it; empty if the guest was erased later.</param>
/// <param name="Sequence">Of the event that the operation was about.</param>
/// <param name="EventId">Of the event that is in the line: for a replay, a new one.</param>
/// <param name="Outcome">One of the constants of this type.</param>
public sealed record OperationItem(string Guest, long Sequence, string EventId, string Outcome)
{
    /// <summary>Put back into its guest's line.</summary>
    public const string Redriven = "redriven";

    /// <summary>Given up: it is never sent.</summary>
    public const string Discarded = "discarded";

    /// <summary>Recorded as delivered, or as not delivered.</summary>
    public const string Resolved = "resolved";

    /// <summary>No longer set aside, or its guest's line was full. Nothing was done.</summary>
    public const string Skipped = "skipped";

    /// <summary>Its guest could not be read or did not answer, again and again. It may have been acted on.</summary>
    public const string Unknown = "unknown";

    /// <summary>Put into its guest's line again.</summary>
    public const string Replayed = "replayed";

    /// <summary>
    /// The guest was erased. Such an item names the guest by its keyed hash, and its place in the request instead of a sequence.
    /// </summary>
    public const string Erased = "erased";
}

/// <summary>The place of an operation in the list of a tenant's operations.</summary>
public readonly record struct OperationPlace(DateTimeOffset StartedAt, string Id);
