using GuestSessions.Api.Rejections;
using GuestSessions.Core.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace GuestSessions.Api.Errors;

/// <summary>The refusals that do not depend on what an event says, each with its stable code.</summary>
internal static class Refusals
{
    /// <summary>When to come back where nobody knows better.</summary>
    public static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Guests leave and the runtime collects them meanwhile.</summary>
    public static readonly TimeSpan MemoryRetryAfter = TimeSpan.FromSeconds(2);

    public static Refusal Unauthenticated() => Refuse(
        StatusCodes.Status401Unauthorized, "unauthenticated",
        "Send a known key as Authorization: Bearer <secret>.");

    public static Refusal TenantRequired() => Refuse(
        StatusCodes.Status400BadRequest, "tenant_required",
        "The header Tenant names one of the tenants of this credential.");

    public static Refusal MissingScope(string? scope) => Refuse(
        StatusCodes.Status403Forbidden, "missing_scope", $"This call needs the scope {scope}.");

    public static Refusal NotFound() => Refuse(
        StatusCodes.Status404NotFound, "not_found", "There is nothing at this address.");

    public static Refusal GuestNotFound() => Refuse(
        StatusCodes.Status404NotFound, "guest_not_found", "No such guest.");

    public static Refusal EventNotFound() => Refuse(
        StatusCodes.Status404NotFound, "event_not_found", "No such event of this guest.");

    /// <summary>Of a guest or an event that there is not, because what came was rejected.</summary>
    public static Refusal WithRejections(Refusal notFound, IReadOnlyList<RejectionItem> rejections) => rejections.Count == 0
        ? notFound
        : new Refusal(notFound.Problem with
        {
            Detail = $"{notFound.Problem.Detail} What came was rejected; see rejections.",
            Rejections = rejections,
        });

    public static Refusal OperationNotFound() => Refuse(
        StatusCodes.Status404NotFound, "operation_not_found", "No such operation.");

    public static Refusal WrongState(string state, IReadOnlyList<string> actions) => new(new Problem
    {
        Title = ReasonPhrases.GetReasonPhrase(StatusCodes.Status409Conflict),
        Status = StatusCodes.Status409Conflict,
        Code = "wrong_state",
        Detail = actions.Count == 0
            ? $"The event is {state}; nothing can be done to it by itself."
            : $"The event is {state}, which allows {string.Join(", ", actions)}.",
        State = state,
        Actions = actions,
    });

    public static Refusal IdempotencyKeyReused() => Refuse(
        StatusCodes.Status409Conflict, "idempotency_key_reused",
        "The Idempotency-Key began another request. Nothing was done; send this one with a key of its own.");

    public static Refusal EventChanged() => Refuse(
        StatusCodes.Status409Conflict, "event_changed",
        "Somebody else edited the event meanwhile; nothing was done. Read it again.");

    public static Refusal BacklogFull() => Refuse(
        StatusCodes.Status429TooManyRequests, EventCodes.GuestBacklogFull,
        "The guest's line has no room; nothing was done.", retryAfter: DefaultRetryAfter);

    public static Refusal BrowserBusy() => Refuse(
        StatusCodes.Status503ServiceUnavailable, EventCodes.BrowserBusy,
        "The browser goes from guest to guest too fast; nothing was done.", retryAfter: DefaultRetryAfter);

    public static Refusal MethodNotAllowed() => Refuse(
        StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "See the header Allow.");

    public static Refusal HostNotAllowed() => Refuse(
        StatusCodes.Status400BadRequest, "host_not_allowed", "This service is not known by the name that Host says.");

    /// <summary>What the framework answers with a status and nothing else.</summary>
    public static Refusal Bare(int status) => status switch
    {
        StatusCodes.Status400BadRequest => MalformedRequest(),
        StatusCodes.Status404NotFound => NotFound(),
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed(),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType("as the contract says"),
        StatusCodes.Status500InternalServerError => InternalError(),
        _ => Refuse(
            status, ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant().Replace(' ', '_').Replace("-", "_", StringComparison.Ordinal),
            "The request cannot be answered."),
    };

    public static Refusal MalformedRequest() => Refuse(
        StatusCodes.Status400BadRequest, "malformed_request", "The request ended early or breaks HTTP.");

    public static Refusal RequestTimeout() => Refuse(
        StatusCodes.Status408RequestTimeout, ProblemCodes.RequestTimeout, "The body came too slowly.");

    public static Refusal MalformedJson(string detail) => Refuse(
        StatusCodes.Status400BadRequest, EventCodes.MalformedJson, detail);

    public static Refusal PayloadTooLarge(int limit) => Refuse(
        StatusCodes.Status413PayloadTooLarge, ProblemCodes.PayloadTooLarge, $"The body may have {limit} bytes.");

    public static Refusal TooManyEvents(int limit) => Refuse(
        StatusCodes.Status413PayloadTooLarge, "too_many_events", $"One request may carry {limit} events.");

    public static Refusal UnsupportedMediaType(string expected) => Refuse(
        StatusCodes.Status415UnsupportedMediaType, ProblemCodes.UnsupportedMediaType,
        $"Send the body as {expected} in UTF-8, without a Content-Encoding; no other charset is read.");

    public static Refusal InvalidParameter(string name, string detail) => Refuse(
        StatusCodes.Status400BadRequest, "invalid_parameter", detail,
        [new ErrorBody($"/{name}", "invalid_parameter", detail)]);

    /// <summary>The name itself is not repeated: it may be anything.</summary>
    public static Refusal UnknownParameter(IReadOnlyList<string> known) => Refuse(
        StatusCodes.Status400BadRequest, "unknown_parameter", known.Count == 0
            ? "Expected no query parameters."
            : $"Expected only the query parameters {string.Join(", ", known)}.");

    /// <summary>The first violation names the whole; the rest stands in <c>errors</c>.</summary>
    public static Refusal Invalid(IReadOnlyList<Violation> errors) => Refuse(
        StatusCodes.Status422UnprocessableEntity, errors[0].Code, errors[0].Detail, ErrorBody.From(errors));

    public static Refusal Unavailable() => Refuse(
        StatusCodes.Status503ServiceUnavailable, EventCodes.Unavailable,
        "Nothing may be taken as done. The same call can be repeated.", retryAfter: DefaultRetryAfter);

    public static Refusal Overloaded() => Refuse(
        StatusCodes.Status503ServiceUnavailable, EventCodes.Overloaded,
        "More comes in than can be stored. Nothing was stored; the same call can come again.",
        retryAfter: DefaultRetryAfter);

    public static Refusal MemoryScarce() => Refuse(
        StatusCodes.Status503ServiceUnavailable, EventCodes.Memory,
        "Memory is short. Nothing was stored; the same call can come again.", retryAfter: MemoryRetryAfter);

    public static Refusal BulkBusy() => Refuse(
        StatusCodes.Status503ServiceUnavailable, "bulk_busy",
        "This host holds as many bulk bodies as it may. Nothing of this one was taken.",
        retryAfter: DefaultRetryAfter);

    public static Refusal TooManyStreams() => Refuse(
        StatusCodes.Status503ServiceUnavailable, "too_many_streams",
        "As many watch as may, this guest or at this host.", retryAfter: DefaultRetryAfter);

    public static Refusal InternalError() => Refuse(
        StatusCodes.Status500InternalServerError, "internal_error", "The fault is logged on our side.");

    private static Refusal Refuse(
        int status,
        string code,
        string detail,
        IReadOnlyList<ErrorBody>? errors = null,
        TimeSpan? retryAfter = null)
        => new(
            new Problem
            {
                Title = ReasonPhrases.GetReasonPhrase(status),
                Status = status,
                Code = code,
                Detail = detail,
                Errors = errors,
            },
            retryAfter);
}
