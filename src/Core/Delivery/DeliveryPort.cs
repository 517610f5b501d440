using GuestSessions.Core.Json;

namespace GuestSessions.Core.Delivery;

/// <summary>The upstream as the dispatcher sees it. Implemented by <c>src/StreamApi</c>.</summary>
public interface IStreamClient
{
    /// <summary>
    /// Sends one event once. Never retries, and never throws for a failure of the upstream.
    /// </summary>
    /// <param name="request">What to send, and until when.</param>
    /// <param name="cancellation">Ends the wait. An attempt that may have been sent is then in doubt.</param>
    Task<AttemptReport> SendAsync(SendRequest request, CancellationToken cancellation);

    /// <summary>Asks the upstream for a new browser id. An id that gets lost on the way back is harmless.</summary>
    Task<BrowserIdReport> CreateBrowserIdAsync(string tenant, CancellationToken cancellation);

    /// <summary>The state of the circuit breaker around a tenant's endpoint.</summary>
    CircuitStatus Circuit(string tenant);
}

/// <summary>One event to send upstream.</summary>
/// <param name="Tenant">The tenant whose endpoint and credentials are used.</param>
/// <param name="Body">The event object as received.</param>
/// <param name="Defaults">The members that defaults add; empty when none.</param>
/// <param name="BrowserId">The upstream browser id that the event is sent with.</param>
/// <param name="OccurredAt">When the event happened; sent as <c>requested_at</c> if the tenant enables that.</param>
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
    /// <summary>The event's point of sale: its site, if the upstream's form needs one.</summary>
    public string? PointOfSale { get; init; }

    /// <summary>
    /// Whether a failure counts for the circuit breaker. An event from a public key does not count: its content may
    /// be the cause.
    /// </summary>
    public bool CountsForCircuit { get; init; } = true;

    /// <summary>The visitor's <c>User-Agent</c> and address; forwarded if they were kept.</summary>
    public string? UserAgent { get; init; }

    public string? Address { get; init; }
}

/// <summary>The outcome of one attempt. The event's receipt records all of it.</summary>
public sealed record AttemptReport
{
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Time from the first attempt to connect to the end of the answer, or to the failure.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>HTTP status; null if no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>The upstream's <c>ref</c>; null if the answer had none.</summary>
    public string? Reference { get; init; }

    /// <summary>The first 2 KB of the answer's body as text.</summary>
    public string? Answer { get; init; }

    /// <summary>The connection that was used; null if nothing can have been sent.</summary>
    public ConnectionUse? Connection { get; init; }

    /// <summary>
    /// A stable word for what failed on this side of the connection: <c>connect_failed</c>, <c>response_timeout</c>,
    /// …
    /// </summary>
    public string? Error { get; init; }

    /// <summary>The upstream's <c>Retry-After</c> as a delay, capped at 15 minutes.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The refusal concerns this event alone: its browser id is unknown.</summary>
    public bool IsEventsOwn { get; init; }
}

/// <summary>Where the connection of an attempt came from.</summary>
public enum ConnectionUse
{
    /// <summary>It was opened for the attempt.</summary>
    Fresh,

    /// <summary>It was used before, and may have died since.</summary>
    Pooled,
}

/// <summary>The classes of the outcome table in <c>docs/reliability.md</c>.</summary>
public enum AttemptOutcome
{
    /// <summary>200 or 201 with readable JSON.</summary>
    Delivered,

    /// <summary>The upstream cannot have processed it: it was never sent, or the upstream said so (429).</summary>
    NotApplied,

    /// <summary>It was never written: its validity expired, or the circuit was open.</summary>
    Unsent,

    /// <summary>The upstream refused this event.</summary>
    Refused,

    /// <summary>The upstream refused the tenant: its credentials or base URL are wrong.</summary>
    Misconfigured,

    /// <summary>It may or may not have been processed.</summary>
    InDoubt,
}

/// <summary>The answer to <see cref="IStreamClient.CreateBrowserIdAsync"/>: an id, or why there is none.</summary>
/// <param name="BrowserId">The new id, or null.</param>
/// <param name="CustomerReference">The guest reference that the upstream created with it, if the answer has one.</param>
/// <param name="Attempt">The outcome of the call.</param>
public sealed record BrowserIdReport(string? BrowserId, string? CustomerReference, AttemptReport Attempt);

/// <summary>Whether calls may be made to a tenant's endpoint.</summary>
/// <param name="State">The breaker's state.</param>
/// <param name="RetryIn">While open: the time until one probe is allowed.</param>
public readonly record struct CircuitStatus(CircuitState State, TimeSpan RetryIn);

public enum CircuitState
{
    Closed,
    Open,
    HalfOpen,
}
