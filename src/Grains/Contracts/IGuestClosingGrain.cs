using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>Closes the sessions of one guest before inactivity does.</summary>
[Alias("guest-closing"), Version(1)]
public interface IGuestClosingGrain : IGrainWithStringKey
{
    /// <summary>
    /// Closes the open sessions, and where the tenant allows it sends the upstream a FORCE_CLOSE for each.
    /// Null when the guest was never seen.
    /// </summary>
    /// <param name="request">The trace of the request.</param>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as done; the same call can be repeated.</exception>
    [Alias("close-sessions")]
    Task<CloseAnswer?> CloseSessionsAsync(CloseRequest request);
}

/// <param name="TraceParent">W3C trace context of the request, if it is traced.</param>
[GenerateSerializer, Immutable, Alias("close-request")]
public sealed record CloseRequest(
    [property: Id(0)] string? TraceParent);

/// <param name="Closed">How many sessions were open.</param>
/// <param name="Sent">The FORCE_CLOSE events that were recorded, by their ids and results.</param>
[GenerateSerializer, Immutable, Alias("close-answer")]
public sealed record CloseAnswer(
    [property: Id(0)] int Closed,
    [property: Id(1)] IReadOnlyList<CloseResult> Sent);

[GenerateSerializer, Immutable, Alias("close-result")]
public sealed record CloseResult(
    [property: Id(0)] string EventId,
    [property: Id(1)] RecordResult Result);
