namespace GuestSessions.Emulator.Arrivals;

/// <summary>Counts since the start or the last reset.</summary>
/// <param name="Requests">Requests of the Stream API.</param>
/// <param name="DroppedFromLog">How many of them are no longer in the log.</param>
/// <param name="ByOutcome">By fate, or by the fault that was played.</param>
/// <param name="ByEffect">
/// Events by effect, or <c>open</c> if a fault kept them from being processed.
/// </param>
/// <param name="InFlight">Now.</param>
/// <param name="MaxInFlight">Maximum at once.</param>
/// <param name="MaxInFlightPerBrowserId">
/// Maximum at once for any one browser id; a client that keeps the order never exceeds 1.
/// </param>
public sealed record ArrivalStats(
    long Requests,
    long DroppedFromLog,
    IReadOnlyDictionary<string, long> ByOutcome,
    IReadOnlyDictionary<string, long> ByEffect,
    int InFlight,
    int MaxInFlight,
    int MaxInFlightPerBrowserId);
