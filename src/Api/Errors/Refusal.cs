using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GuestSessions.Api.Errors;

/// <summary>Answers a request with a problem.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="retryAfter">After how long a retry makes sense; sent in whole seconds, at least one.</param>
public sealed class Refusal(Problem problem, TimeSpan? retryAfter = null) : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "application/problem+json";

    public Problem Problem { get; } = problem;

    public int? StatusCode => Problem.Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (retryAfter is { } wait)
            httpContext.Response.Headers[HeaderNames.RetryAfter] =
                WholeSeconds(wait).ToString(CultureInfo.InvariantCulture);
        JsonAnswer.Write(httpContext.Response, Problem.Status, ContentType, Problem, ApiJson.Default.Problem);
        return Task.CompletedTask;
    }

    internal static int WholeSeconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
