using System.Globalization;
using GuestSessions.Api.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GuestSessions.Api.Ingress;

/// <summary>Answers with an error in the upstream's form.</summary>
internal sealed class IngressRefusal(IngressError error, TimeSpan? retryAfter) : IResult, IStatusCodeHttpResult
{
    public IngressError Error => error;

    public int? StatusCode => error.Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (retryAfter is { } wait)
            httpContext.Response.Headers[HeaderNames.RetryAfter] =
                Refusal.WholeSeconds(wait).ToString(CultureInfo.InvariantCulture);
        JsonAnswer.Write(
            httpContext.Response, error.Status, JsonAnswer.ContentType, error, ApiJson.Default.IngressError);
        return Task.CompletedTask;
    }
}
