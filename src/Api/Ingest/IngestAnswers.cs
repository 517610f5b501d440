using GuestSessions.Api.Errors;
using GuestSessions.Core.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// Turns the results of a request's events into the answer of the request, by the contract's status rules.
/// </summary>
internal static class IngestAnswers
{
    /// <summary>One event: its own result decides.</summary>
    public static IResult ForOne(string guest, EventResult result) => result.Status switch
    {
        EventStatus.Accepted or EventStatus.Duplicate
            => new AcceptedEvent(guest, result),
        EventStatus.Retry => Refuse(RetryStatus(result), result, RetryAfter([result])),
        _ => Refuse(
            result.Code switch
            {
                EventCodes.MalformedJson => StatusCodes.Status400BadRequest,
                EventCodes.EventTooLarge => StatusCodes.Status413PayloadTooLarge,
                EventCodes.EventIdReused => StatusCodes.Status409Conflict,
                EventCodes.GuestErased => StatusCodes.Status410Gone,
                _ => StatusCodes.Status422UnprocessableEntity,
            },
            result),
    };

    /// <summary>Many events: 202 as soon as one of them is durable.</summary>
    /// <param name="accepted">The answer in that case.</param>
    /// <param name="results">In request order, at least one.</param>
    public static IResult ForMany(IResult accepted, IReadOnlyList<EventResult> results)
    {
        if (results.Any(result => result.Status is EventStatus.Accepted or EventStatus.Duplicate))
            return accepted;
        if (results.FirstOrDefault(result => result.Status != EventStatus.Retry) is not null)
            return Refuse(StatusCodes.Status422UnprocessableEntity, "no_event_accepted",
                "No event was accepted; see results.", results);

        // The caller caused a full guest, and this service anything else.
        var ours = results.FirstOrDefault(
            result => RetryStatus(result) != StatusCodes.Status429TooManyRequests);
        var first = ours ?? results[0];
        return Refuse(RetryStatus(first), first.Code!, "No event was stored. Retry the same call.", results,
            RetryAfter(results));
    }

    private static int RetryStatus(EventResult result) => result.Code == EventCodes.GuestBacklogFull
        ? StatusCodes.Status429TooManyRequests
        : StatusCodes.Status503ServiceUnavailable;

    private static TimeSpan RetryAfter(IReadOnlyList<EventResult> results)
        => TimeSpan.FromSeconds(results.Max(result => result.RetryAfter ?? 1));

    private static Refusal Refuse(int status, EventResult result, TimeSpan? retryAfter = null) => new(
        new Problem
        {
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Code = result.Code!,
            Detail = result.Errors?[0].Detail ?? "Nothing was stored. Retry the same event.",
            EventId = result.EventId,
            Errors = result.Errors,
            Warnings = result.Warnings,
        },
        retryAfter);

    private static Refusal Refuse(
        int status,
        string code,
        string detail,
        IReadOnlyList<EventResult> results,
        TimeSpan? retryAfter = null)
        => new(
            new Problem
            {
                Title = ReasonPhrases.GetReasonPhrase(status),
                Status = status,
                Code = code,
                Detail = detail,
                Results = results,
            },
            retryAfter);
}
