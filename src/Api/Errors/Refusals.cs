using System.Globalization;
using GuestSessions.Api.Rejections;
using GuestSessions.Core.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace GuestSessions.Api.Errors;

/// <summary>The refusals that do not depend on an event's content, each with its stable code.</summary>
internal static class Refusals
{
    /// <summary>When to retry if nothing more specific is known.</summary>
    public static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Long enough for guests to deactivate and for the runtime to collect their memory.</summary>
    public static readonly TimeSpan MemoryRetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>How long a host waits before it asks the provider again.</summary>
    public static readonly TimeSpan SignInRetryAfter = TimeSpan.FromSeconds(10);

    public static Refusal Unauthenticated() => Refuse(
        StatusCodes.Status401Unauthorized, "unauthenticated",
        "Send a known key as Authorization: Bearer <secret>.");

    /// <param name="reason">Why, in a sentence.</param>
    public static Refusal InvalidToken(string reason) => Refuse(
        StatusCodes.Status401Unauthorized, "unauthenticated", reason);

    public static Refusal SignInUnavailable() => Refuse(
        StatusCodes.Status503ServiceUnavailable, "sign_in_unavailable",
        "The provider that people sign in at has not answered yet, so no token can be checked. Keys work. Retry the same call.",
        retryAfter: SignInRetryAfter);

    public static Refusal TenantRequired() => Refuse(
        StatusCodes.Status400BadRequest, "tenant_required",
        "Name one of the tenants of this credential in the header Tenant.");

    public static Refusal MissingScope(string? scope) => Refuse(
        StatusCodes.Status403Forbidden, "missing_scope", $"This call needs the scope {scope}.");

    public static Refusal NotFound() => Refuse(
        StatusCodes.Status404NotFound, "not_found", "There is nothing at this address.");

    /// <param name="guest">As it was asked for: an id with blanks around it is nobody's, and that is hard to see.</param>
    public static Refusal GuestNotFound(string guest) => Refuse(
        StatusCodes.Status404NotFound, "guest_not_found", $"No such guest.{CallerIds.Advice(guest)}");

    /// <inheritdoc cref="GuestNotFound"/>
    public static Refusal EventNotFound(string guest, string eventId) => Refuse(
        StatusCodes.Status404NotFound, "event_not_found",
        "No such event of this guest." + (CallerIds.Advice(guest) is { Length: > 0 } advice ? advice : CallerIds.Advice(eventId)));

    /// <summary>A guest or an event that does not exist, because its events were rejected.</summary>
    public static Refusal WithRejections(Refusal notFound, IReadOnlyList<RejectionItem> rejections) => rejections.Count == 0
        ? notFound
        : new Refusal(notFound.Problem with
        {
            Detail = $"{notFound.Problem.Detail} Events were rejected; see rejections.",
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
            ? $"The event is {state}, which allows no act on it."
            : $"The event is {state}, which allows {string.Join(", ", actions)}.",
        State = state,
        Actions = actions,
    });

    /// <param name="at">When; null where only the silo knows.</param>
    /// <param name="operation">The operation that erased it.</param>
    public static Refusal GuestErased(DateTimeOffset? at = null, string? operation = null) => Refuse(
        StatusCodes.Status410Gone, EventCodes.GuestErased,
        at is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"The guest was erased at {time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} by operation {operation}.")
            : "The guest was erased.");

    public static Refusal StillErasing() => Refuse(
        StatusCodes.Status409Conflict, "still_erasing",
        "The operation that erases the guest has not ended. Nothing was done. Retry when it has.");

    public static Refusal NotCancellable() => Refuse(
        StatusCodes.Status409Conflict, "not_cancellable", "An erasure cannot be stopped: half of it would be worse than none.");

    /// <param name="after">When the person may reveal a value again.</param>
    public static Refusal RevealQuota(int quota, TimeSpan after) => Refuse(
        StatusCodes.Status429TooManyRequests, "reveal_quota",
        $"At most {quota} values can be revealed within an hour. Nothing was revealed.", retryAfter: after);

    public static Refusal FieldChanged() => Refuse(
        StatusCodes.Status409Conflict, "field_changed",
        "The field shows something else now. Nothing was revealed. Read it again.");

    public static Refusal EventBlanked() => Refuse(
        StatusCodes.Status410Gone, "event_blanked", "A person erased the body of this event. The event's acts say who, when and why.");

    public static Refusal FileNotReady() => Refuse(
        StatusCodes.Status409Conflict, "file_not_ready", "The operation has not ended. Retry when it has.");

    public static Refusal FileGone() => Refuse(
        StatusCodes.Status410Gone, "file_gone", "The file was taken, has expired or never was. Start the operation again.");

    public static Refusal IdempotencyKeyReused() => Refuse(
        StatusCodes.Status409Conflict, "idempotency_key_reused",
        "The Idempotency-Key belongs to another request. Nothing was done. Send this request with a key of its own.");

    public static Refusal EventChanged() => Refuse(
        StatusCodes.Status409Conflict, "event_changed",
        "Somebody else edited the event in the meantime. Nothing was done. Read the event again.");

    public static Refusal BacklogFull() => Refuse(
        StatusCodes.Status429TooManyRequests, EventCodes.GuestBacklogFull,
        "The guest's line is full. Nothing was done. Retry the same call.", retryAfter: DefaultRetryAfter);

    public static Refusal BrowserBusy() => Refuse(
        StatusCodes.Status503ServiceUnavailable, EventCodes.BrowserBusy,
        "The browser changes from guest to guest too fast. Nothing was done. Retry the same call.",
        retryAfter: DefaultRetryAfter);

    public static Refusal MethodNotAllowed() => Refuse(
        StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "See the header Allow.");

    public static Refusal HostNotAllowed() => Refuse(
        StatusCodes.Status400BadRequest, "host_not_allowed", "This service does not serve the name in the header Host.");

    /// <summary>Problem details for a bare status that the framework answers.</summary>
    public static Refusal Bare(int status) => status switch
    {
        StatusCodes.Status400BadRequest => MalformedRequest(),
        StatusCodes.Status404NotFound => NotFound(),
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed(),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType("the media type of the contract"),
        StatusCodes.Status500InternalServerError => InternalError(),
        _ => Refuse(
            status, ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant().Replace(' ', '_').Replace("-", "_", StringComparison.Ordinal),
            "The request cannot be answered."),
    };

    public static Refusal MalformedRequest() => Refuse(
        StatusCodes.Status400BadRequest, "malformed_request", "The request ended early or breaks HTTP.");

    public static Refusal RequestTimeout() => Refuse(
        StatusCodes.Status408RequestTimeout, ProblemCodes.RequestTimeout, "The body arrived too slowly.");

    public static Refusal MalformedJson(string detail) => Refuse(
        StatusCodes.Status400BadRequest, EventCodes.MalformedJson, detail);

    public static Refusal PayloadTooLarge(int limit) => Refuse(
        StatusCodes.Status413PayloadTooLarge, ProblemCodes.PayloadTooLarge, $"The body may have at most {limit} bytes.");

    public static Refusal TooManyEvents(int limit) => Refuse(
        StatusCodes.Status413PayloadTooLarge, "too_many_events", $"One request may carry at most {limit} events.");

    public static Refusal UnsupportedMediaType(string expected) => Refuse(
        StatusCodes.Status415UnsupportedMediaType, ProblemCodes.UnsupportedMediaType,
        $"Send the body as {expected} in UTF-8, without a Content-Encoding. Other charsets are not supported.");

    public static Refusal InvalidParameter(string name, string detail) => Refuse(
        StatusCodes.Status400BadRequest, "invalid_parameter", detail,
        [new ErrorBody($"/{name}", "invalid_parameter", detail)]);

    /// <summary>The answer does not repeat the name, because it may be anything.</summary>
    public static Refusal UnknownParameter(IReadOnlyList<string> known) => Refuse(
        StatusCodes.Status400BadRequest, "unknown_parameter", known.Count == 0
            ? "Expected no query parameters."
            : $"Expected only the query parameters {string.Join(", ", known)}.");

    /// <summary>The first violation gives code and detail; <c>errors</c> lists all of them.</summary>
    public static Refusal Invalid(IReadOnlyList<Violation> errors, IReadOnlyList<Violation>? warnings = null) => Refuse(
        StatusCodes.Status422UnprocessableEntity, errors[0].Code, errors[0].Detail, ErrorBody.From(errors),
        warnings: ErrorBody.From(warnings ?? []));

    public static Refusal Unavailable() => Refuse(
        StatusCodes.Status503ServiceUnavailable, EventCodes.Unavailable,
        "The cluster did not answer; the call may or may not have taken effect. Retry the same call.",
        retryAfter: DefaultRetryAfter);

    public static Refusal Overloaded() => Refuse(
        StatusCodes.Status503ServiceUnavailable, EventCodes.Overloaded,
        "More arrives than can be stored. Nothing was stored. Retry the same call.",
        retryAfter: DefaultRetryAfter);

    public static Refusal MemoryScarce() => Refuse(
        StatusCodes.Status503ServiceUnavailable, EventCodes.Memory,
        "Memory is short. Nothing was stored. Retry the same call.", retryAfter: MemoryRetryAfter);

    public static Refusal BulkBusy() => Refuse(
        StatusCodes.Status503ServiceUnavailable, "bulk_busy",
        "This host already holds its maximum of bulk bodies. Nothing was stored. Retry the same call.",
        retryAfter: DefaultRetryAfter);

    public static Refusal TooManyStreams() => Refuse(
        StatusCodes.Status503ServiceUnavailable, "too_many_streams",
        "The maximum number of watchers of this guest or of this host is reached. Retry later.",
        retryAfter: DefaultRetryAfter);

    public static Refusal InternalError() => Refuse(
        StatusCodes.Status500InternalServerError, "internal_error", "The service failed. Its log has the error.");

    private static Refusal Refuse(
        int status,
        string code,
        string detail,
        IReadOnlyList<ErrorBody>? errors = null,
        TimeSpan? retryAfter = null,
        IReadOnlyList<ErrorBody>? warnings = null)
        => new(
            new Problem
            {
                Title = ReasonPhrases.GetReasonPhrase(status),
                Status = status,
                Code = code,
                Detail = detail,
                Errors = errors,
                Warnings = warnings,
            },
            retryAfter);
}
