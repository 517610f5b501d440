namespace GuestSessions.Client;

/// <summary>An event has no receipt. The subclasses say why.</summary>
/// <param name="message">For a person.</param>
/// <param name="inner">What led to it; null if nothing did.</param>
public abstract class GuestSessionsException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The service will never accept the event as it is: the upstream would refuse it, or drop it in silence. The event did
/// not use up its id.
/// </summary>
/// <param name="eventId">The id of the event; null where the service could not read it.</param>
/// <param name="code">A stable code in snake_case, the first of several.</param>
/// <param name="errors">All errors, at most 20.</param>
/// <param name="warnings">What was unusual besides.</param>
public sealed class EventRejectedException(
    string? eventId, string code, IReadOnlyList<EventProblem> errors, IReadOnlyList<EventProblem> warnings)
    : GuestSessionsException(
        $"The event was rejected: {code}.{string.Concat(errors.Select(static error => $" {error.Path}: {error.Detail}"))}")
{
    /// <summary>The id of the event; null where the service could not read it.</summary>
    public string? EventId { get; } = eventId;

    /// <summary>A stable code in snake_case, the first of several.</summary>
    public string Code { get; } = code;

    /// <summary>All errors, at most 20.</summary>
    public IReadOnlyList<EventProblem> Errors { get; } = errors;

    /// <summary>What was unusual besides.</summary>
    public IReadOnlyList<EventProblem> Warnings { get; } = warnings;
}

/// <summary>
/// The client gave the event up. It may be durable all the same if it was sent. Send it again with its id to know.
/// </summary>
/// <param name="eventId">The id of the event; null for a call without one.</param>
/// <param name="reason">Why.</param>
/// <param name="inner">The last failure; null if there was none.</param>
public sealed class EventNotStoredException(string? eventId, DropReason reason, Exception? inner = null)
    : GuestSessionsException(
        $"The event has no receipt: {reason}.{(inner is null ? "" : $" The last failure: {inner.Message}")}", inner)
{
    /// <summary>The id to send it again with; null for a call without one.</summary>
    public string? EventId { get; } = eventId;

    /// <summary>Why it was given up.</summary>
    public DropReason Reason { get; } = reason;
}

/// <summary>The service refuses the request itself. Another try will get the same answer.</summary>
/// <param name="status">The HTTP status, such as 401 for an unknown key.</param>
/// <param name="code">A stable code in snake_case; null if the answer was not the service's own.</param>
/// <param name="detail">For a person; null if the answer had none.</param>
public sealed class RequestRefusedException(int status, string? code, string? detail)
    : GuestSessionsException($"The service refused the request with {status} {code}. {detail}".TrimEnd())
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>A stable code in snake_case; null if the answer was not the service's own.</summary>
    public string? Code { get; } = code;
}
