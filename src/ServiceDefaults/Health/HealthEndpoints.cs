using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GuestSessions.ServiceDefaults.Health;

/// <summary>
/// <c>/health/live</c>: the process answers, so restarting it would mend nothing. <c>/health/ready</c>: every
/// check tagged <see cref="ReadyTag"/> passes, so traffic may come.
/// </summary>
public static class HealthEndpoints
{
    public const string ReadyTag = "ready";

    private static readonly Dictionary<string, string> NoChecks = [];

    internal static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new HealthBody("healthy", NoChecks)))
            .WithTags("Health")
            .WithName("IsLive")
            .WithSummary("Whether the process answers.")
            .AllowAnonymous();

        app.MapGet("/health/ready",
                ([FromServices] HealthCheckService checks, CancellationToken cancellation)
                    => IsReadyAsync(checks, cancellation))
            .WithTags("Health")
            .WithName("IsReady")
            .WithSummary("Whether traffic may come.")
            .AllowAnonymous()
            .Produces<HealthBody>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<HealthBody>, JsonHttpResult<HealthBody>>> IsReadyAsync(
        HealthCheckService checks, CancellationToken cancellation)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(ReadyTag), cancellation);
        var body = new HealthBody(Word(report.Status),
            report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status)));
        return report.Status == HealthStatus.Unhealthy
            ? TypedResults.Json(body, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Ok(body);
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Checks">The same for each check by its name; what failed stands in the log.</param>
public sealed record HealthBody(string Status, IReadOnlyDictionary<string, string> Checks);
