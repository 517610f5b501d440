namespace GuestSessions.Client;

/// <summary>How an event became durable.</summary>
public enum ReceiptStatus
{
    /// <summary>It is durable, in the guest's order.</summary>
    Accepted,

    /// <summary>The same event was durable already, and nothing is sent twice.</summary>
    Duplicate,
}

/// <summary>An event that is durable.</summary>
/// <param name="EventId">The caller's id, or the one that the client created.</param>
/// <param name="Status">Whether it was stored now or before.</param>
/// <param name="Sequence">Its position in the guest's order of acceptance, from 1.</param>
/// <param name="Warnings">What the upstream may drop or misread; empty if nothing was found.</param>
public sealed record EventReceipt(
    string EventId, ReceiptStatus Status, long Sequence, IReadOnlyList<EventProblem> Warnings);

/// <summary>One error or warning about an event.</summary>
/// <param name="Code">A stable code in snake_case.</param>
/// <param name="Path">A JSON Pointer into the envelope, such as <c>/event/pos</c>.</param>
/// <param name="Detail">What was expected and what came, for a person.</param>
public sealed record EventProblem(string Code, string Path, string Detail);

/// <summary>What became of one of several events: it has a receipt, or it was rejected.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="Receipt">Set if it is durable.</param>
/// <param name="Rejection">Set if it was rejected.</param>
public sealed record EventResult(string EventId, EventReceipt? Receipt, EventRejectedException? Rejection);

/// <summary>Identifiers that are durable.</summary>
/// <param name="Identifiers">Number of identifiers that the guest has now.</param>
/// <param name="Event">The IDENTITY event that was queued; null if nothing changed.</param>
/// <param name="Warnings">What was unusual about the identifiers.</param>
public sealed record IdentityReceipt(int Identifiers, EventReceipt? Event, IReadOnlyList<EventProblem> Warnings);

/// <summary>Sessions that are closed.</summary>
/// <param name="Closed">Number of sessions that were open.</param>
/// <param name="Events">The FORCE_CLOSE events that were queued; empty unless the tenant allows them.</param>
public sealed record ClosingReceipt(int Closed, IReadOnlyList<EventReceipt> Events);
