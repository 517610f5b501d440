namespace GuestSessions.Grains.Contracts;

/// <param name="TraceParent">W3C trace context of the request, if it is traced.</param>
[GenerateSerializer, Immutable, Alias("close-request")]
public sealed record CloseRequest(
    [property: Id(0)] string? TraceParent);

/// <param name="Closed">How many sessions were open.</param>
/// <param name="Sent">The ids and results of the FORCE_CLOSE events that were recorded.</param>
[GenerateSerializer, Immutable, Alias("close-answer")]
public sealed record CloseAnswer(
    [property: Id(0)] int Closed,
    [property: Id(1)] IReadOnlyList<CloseResult> Sent);

[GenerateSerializer, Immutable, Alias("close-result")]
public sealed record CloseResult(
    [property: Id(0)] string EventId,
    [property: Id(1)] RecordResult Result);
