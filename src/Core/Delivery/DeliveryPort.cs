using GuestSessions.Core.Json;

namespace GuestSessions.Core.Delivery;

/// <summary>The upstream as the dispatcher sees it. Implemented by <c>src/StreamApi</c>.</summary>
public interface IStreamClient
{
    /// <summary>
    /// Sends one event, once; never retries and never throws for what the upstream does.
    /// </summary>
    /// <param name="request">What to send, and until when it may leave.</param>
    /// <param name="cancellation">Ends the wait; an attempt that may have left is then in doubt.</param>
    Task<AttemptReport> SendAsync(SendRequest request, CancellationToken cancellation);

    /// <summary>Asks the upstream for a new browser id. An id that gets lost on the way back is harmless.</summary>
    Task<BrowserIdReport> CreateBrowserIdAsync(string tenant, CancellationToken cancellation);

    /// <summary>The state of the circuit breaker around a tenant's endpoint.</summary>
    CircuitStatus Circuit(string tenant);
}

/// <summary>One event on its way upstream.</summary>
/// <param name="Tenant">Whose endpoint and credentials are used.</param>
/// <param name="Body">The event object as received.</param>
/// <param name="Defaults">The members that defaults add; empty when none.</param>
/// <param name="BrowserId">The upstream browser id the event travels under.</param>
/// <param name="OccurredAt">When the event happened: <c>requested_at</c> where the tenant sends it.</param>
/// <param name="ValidUntil">
/// <see cref="TimeProvider.GetTimestamp"/> value after which the request must no longer be written; checked
/// immediately before the first byte of the body.
/// </param>
public sealed record SendRequest(
    string Tenant,
    Utf8Json Body,
    Utf8Json Defaults,
    string BrowserId,
    DateTimeOffset OccurredAt,
    long ValidUntil)
{
    /// <summary>The event's point of sale: its site, where the upstream's form asks for one.</summary>
    public string? PointOfSale { get; init; }

    /// <summary>
    /// Whether its failure says something about the endpoint. A stranger's does not: its content may be what fails.
    /// </summary>
    public bool CountsForCircuit { get; init; } = true;

    /// <summary>The visitor's <c>User-Agent</c> and address, sent on where they were kept.</summary>
    public string? UserAgent { get; init; }

    public string? Address { get; init; }
}

/// <summary>What one attempt came to. Recorded whole in the event's receipt.</summary>
public sealed record AttemptReport
{
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Time from the first try to connect to the answer's end, or to the failure.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>HTTP status, where an answer came.</summary>
    public int? Status { get; init; }

    /// <summary>The upstream's <c>ref</c>, where the answer had one.</summary>
    public string? Reference { get; init; }

    /// <summary>The first 2 KB of the answer's body as text.</summary>
    public string? Answer { get; init; }

    /// <summary>The connection it went over; null when nothing can have left.</summary>
    public ConnectionUse? Connection { get; init; }

    /// <summary>What failed on this side of the wire, in a stable word: <c>connect_failed</c>, <c>response_timeout</c>, …</summary>
    public string? Error { get; init; }

    /// <summary>The upstream's <c>Retry-After</c> as a delay, capped at 15 minutes.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The refusal is certainly about this one event: its browser id is unknown.</summary>
    public bool IsEventsOwn { get; init; }
}

/// <summary>Where the connection of an attempt came from.</summary>
public enum ConnectionUse
{
    /// <summary>It was opened for the attempt.</summary>
    Fresh,

    /// <summary>It had served others before, and may have died since.</summary>
    Pooled,
}

/// <summary>The classes of the outcome table in <c>docs/reliability.md</c>.</summary>
public enum AttemptOutcome
{
    /// <summary>200 or 201 with readable JSON.</summary>
    Delivered,

    /// <summary>The upstream cannot have processed it: it never left, or the upstream said so (429).</summary>
    NotApplied,

    /// <summary>It was never written: its validity ran out, or the circuit was open.</summary>
    Unsent,

    /// <summary>The upstream says this event is wrong.</summary>
    Refused,

    /// <summary>The upstream says this tenant is wrong: credentials or base URL.</summary>
    Misconfigured,

    /// <summary>It may or may not have been processed.</summary>
    InDoubt,
}

/// <summary>The answer to <see cref="IStreamClient.CreateBrowserIdAsync"/>: an id, or why there is none.</summary>
/// <param name="BrowserId">The new id, or null.</param>
/// <param name="CustomerReference">The upstream's guest reference made with it, where given.</param>
/// <param name="Attempt">How the call went.</param>
public sealed record BrowserIdReport(string? BrowserId, string? CustomerReference, AttemptReport Attempt);

/// <summary>Whether calls may be made to a tenant's endpoint.</summary>
/// <param name="State">The breaker's state.</param>
/// <param name="RetryIn">While open: the time until one probe may go.</param>
public readonly record struct CircuitStatus(CircuitState State, TimeSpan RetryIn);

public enum CircuitState
{
    Closed,
    Open,
    HalfOpen,
}
