using System.Text.Json;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>Answers in the upstream's form: always JSON, since SDKs parse every answer.</summary>
internal static class IngressAnswers
{
    public static IResult Ok(IngressReceipt receipt) =>
        JsonAnswer.Ok(receipt, ApiJson.Default.IngressReceipt);

    public static IResult Created(IngressReceipt receipt) =>
        new JsonAnswer<IngressReceipt>(StatusCodes.Status201Created, receipt, ApiJson.Default.IngressReceipt);

    public static IResult UnknownTenant() => Error(
        StatusCodes.Status401Unauthorized, ProblemCodes.UnknownClientKey, "The client key or context id is not known here.");

    public static IResult BadRequest(Violation fault) => Error(
        StatusCodes.Status400BadRequest, fault.Code, $"{fault.Path.TrimStart('/')}: {fault.Detail}".TrimStart(':', ' '));

    public static IResult TooLarge(int limit) => Error(
        StatusCodes.Status413PayloadTooLarge, ProblemCodes.PayloadTooLarge, $"The body may have at most {limit} bytes.");

    public static IResult Late() => Error(
        StatusCodes.Status408RequestTimeout, ProblemCodes.RequestTimeout, "The body arrived too slowly.");

    public static IResult TooMany(string code) => Error(
        StatusCodes.Status429TooManyRequests, code, "Too many requests. Retry the same call.", Refusals.DefaultRetryAfter);

    public static IResult Gone() => Error(
        StatusCodes.Status410Gone, EventCodes.GuestErased, "The guest was erased. Nothing was stored.");

    public static IResult Unavailable() => Error(
        StatusCodes.Status503ServiceUnavailable, EventCodes.Unavailable, "The service cannot answer now. Retry the call.",
        Refusals.DefaultRetryAfter);

    public static IResult Overloaded() => Error(
        StatusCodes.Status503ServiceUnavailable, EventCodes.Overloaded,
        "More arrives than can be stored. Nothing was stored. Retry the same call.", Refusals.DefaultRetryAfter);

    public static IResult MemoryScarce() => Error(
        StatusCodes.Status503ServiceUnavailable, EventCodes.Memory,
        "Memory is short. Nothing was stored. Retry the same call.", Refusals.MemoryRetryAfter);

    public static IResult NotServed() => Error(
        StatusCodes.Status501NotImplemented, "not_configured",
        "The upstream of this tenant is not configured for personalization in this form.");

    /// <summary>Forwards the upstream's answer unchanged, if SDKs can read it.</summary>
    public static IResult Relayed(RelayedAnswer answer)
    {
        if (answer.Status is not { } status)
            return Unavailable();
        return IsJson(answer.Body.Span)
            ? new IngressBytes(status, answer.Body)
            : Error(StatusCodes.Status502BadGateway, "upstream_unreadable", "The upstream did not answer in JSON.");
    }

    public static IResult Error(int status, string code, string message, TimeSpan? retryAfter = null) =>
        new IngressRefusal(new IngressError { Status = status, Code = code, Message = message }, retryAfter);

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
