using System.Diagnostics;
using GuestSessions.Core.Delivery;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// The outcome table: maps what was observed on the connection to an outcome. Pure, and the only such place.
/// </summary>
internal static class Classification
{
    /// <param name="seen">What was observed.</param>
    /// <param name="duration">How long the attempt took.</param>
    /// <param name="unavailableIsNotApplied">The tenant knows that its upstream answers 503 instead of processing.</param>
    public static AttemptReport Report(
        WireObservation seen, TimeSpan duration = default, bool unavailableIsNotApplied = false)
    {
        var outcome = seen is { End: WireEnd.Answered, Status: 503 } && unavailableIsNotApplied
            ? AttemptOutcome.NotApplied
            : OutcomeOf(seen);
        var answered = seen.End == WireEnd.Answered;
        return new AttemptReport
        {
            Outcome = outcome,
            Duration = duration,
            Status = answered ? seen.Status : null,
            Reference = outcome == AttemptOutcome.Delivered ? seen.Answer.Reference : null,
            Answer = answered ? seen.Answer.Text : null,
            Connection = seen.Connection,
            Error = ErrorOf(seen),
            RetryAfter = outcome == AttemptOutcome.Delivered ? null : seen.RetryAfter,

            // A 404 with JSON means that the upstream does not know the browser id. A wrong base URL gives a 404
            // without JSON.
            IsEventsOwn = answered && outcome == AttemptOutcome.Refused && seen.Status == 404,
        };
    }

    private static AttemptOutcome OutcomeOf(WireObservation seen) => seen switch
    {
        { End: WireEnd.Answered } => ByStatus(seen.Status, seen.Answer.Form),
        { End: WireEnd.Expired or WireEnd.CircuitOpen } => AttemptOutcome.Unsent,
        { End: WireEnd.StreamRefused } => AttemptOutcome.NotApplied,
        { MayHaveLeft: true } => AttemptOutcome.InDoubt,
        { End: WireEnd.Cancelled } => AttemptOutcome.Unsent,
        _ => AttemptOutcome.NotApplied,
    };

    private static AttemptOutcome ByStatus(int status, AnswerForm form) => (status, form) switch
    {
        (200 or 201, AnswerForm.JsonObject) => AttemptOutcome.Delivered,
        ( >= 300 and < 400, _) => AttemptOutcome.Misconfigured,
        (401 or 403 or 405 or 415, _) => AttemptOutcome.Misconfigured,
        (404, not AnswerForm.JsonObject) => AttemptOutcome.Misconfigured,
        (408, _) => AttemptOutcome.InDoubt,
        (429, _) => AttemptOutcome.NotApplied,
        ( >= 400 and < 500, _) => AttemptOutcome.Refused,

        // 5xx, any other 2xx, a 200 or 201 that cannot be read, and statuses that do not exist.
        _ => AttemptOutcome.InDoubt,
    };

    private static string? ErrorOf(WireObservation seen) => seen.End switch
    {
        WireEnd.Answered => seen.Answer.Form switch
        {
            AnswerForm.Truncated => "answer_truncated",
            AnswerForm.TooLong => "answer_too_long",
            AnswerForm.Unreadable when seen.Status is 200 or 201 => "answer_unreadable",
            _ => null,
        },
        WireEnd.Expired => "start_expired",
        WireEnd.CircuitOpen => "circuit_open",
        WireEnd.Cancelled => "cancelled",
        WireEnd.TimedOut => seen.MayHaveLeft ? "response_timeout" : "connect_timeout",
        WireEnd.NameNotResolved => "name_not_resolved",
        WireEnd.AddressNotAllowed => "address_not_allowed",
        WireEnd.NotConnected => "connect_failed",
        WireEnd.TlsFailed => "tls_failed",
        WireEnd.StreamRefused => "stream_refused",
        WireEnd.ConnectionLost => "connection_lost",
        _ => throw new UnreachableException($"No word for {seen.End}."),
    };
}
