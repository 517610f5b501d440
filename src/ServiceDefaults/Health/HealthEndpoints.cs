using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.ServiceDefaults.Health;

/// <summary>
/// <c>/health/live</c>: the process answers, so a restart would fix nothing; it touches nothing. <c>/health/startup</c>: every
/// part of the host has started. <c>/health/ready</c>: every check tagged <see cref="ReadyTag"/> passes, so the host can take
/// traffic.
/// </summary>
public static class HealthEndpoints
{
    public const string ReadyTag = "ready";

    /// <summary>Keeps the answer within a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(950);

    private static readonly Dictionary<string, string> NoChecks = [];

    internal static void MapHealth(this IEndpointRouteBuilder app)
    {
        var live = () => TypedResults.Ok(new HealthBody("healthy", NoChecks));
        app.MapGet("/health/live", live)
            .WithTags("Health")
            .WithName("IsLive")
            .WithSummary("Whether the process answers.")
            .AllowAnonymous();
        app.MapMethods("/health/live", [HttpMethods.Head], live).ExcludeFromDescription().AllowAnonymous();

        app.MapGet("/health/startup", HasStarted)
            .WithTags("Health")
            .WithName("HasStarted")
            .WithSummary("Whether every part of the host has started.")
            .AllowAnonymous()
            .Produces<HealthBody>(StatusCodes.Status503ServiceUnavailable);
        app.MapMethods("/health/startup", [HttpMethods.Head], HasStarted).ExcludeFromDescription().AllowAnonymous();

        app.MapGet("/health/ready", IsReadyAsync)
            .WithTags("Health")
            .WithName("IsReady")
            .WithSummary("Whether the host can take traffic.")
            .AllowAnonymous()
            .Produces<HealthBody>(StatusCodes.Status503ServiceUnavailable);
        app.MapMethods("/health/ready", [HttpMethods.Head], IsReadyAsync).ExcludeFromDescription().AllowAnonymous();
    }

    private static Results<Ok<HealthBody>, JsonHttpResult<HealthBody>> HasStarted([FromServices] IHostApplicationLifetime host) =>
        host.ApplicationStarted.IsCancellationRequested ? TypedResults.Ok(new HealthBody("healthy", NoChecks)) : NotReady(new HealthBody("unhealthy", NoChecks));

    private static async Task<Results<Ok<HealthBody>, JsonHttpResult<HealthBody>>> IsReadyAsync(
        HttpContext context, [FromServices] HealthCheckService checks, [FromServices] TimeProvider time,
        CancellationToken cancellation)
    {
        try
        {
            var report = await checks.CheckHealthAsync(static check => check.Tags.Contains(ReadyTag), cancellation)
                .WaitAsync(Patience, time, cancellation);
            var body = new HealthBody(Word(report.Status),
                report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status)))
            {
                Reasons = ReasonsFor(context, report),
            };
            return report.Status == HealthStatus.Unhealthy ? NotReady(body) : TypedResults.Ok(body);
        }
        catch (TimeoutException)
        {
            // A check that does not answer has failed.
            return NotReady(new HealthBody(Word(HealthStatus.Unhealthy), NoChecks));
        }
    }

    private static Dictionary<string, string>? ReasonsFor(HttpContext context, HealthReport report) =>
        report.Status == HealthStatus.Healthy
            || context.RequestServices.GetService<IHealthAudience>()?.MayKnow(context) != true
            ? null
            : report.Entries.Where(static entry => entry.Value is { Status: not HealthStatus.Healthy, Description: not null })
                .ToDictionary(static entry => entry.Key, static entry => entry.Value.Description!);

    private static JsonHttpResult<HealthBody> NotReady(HealthBody body) =>
        TypedResults.Json(body, statusCode: StatusCodes.Status503ServiceUnavailable);

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Checks">
/// The same for each check by its name. Empty for <c>/health/live</c> and <c>/health/startup</c>, and if a check did not answer
/// in time.
/// </param>
public sealed record HealthBody(string Status, IReadOnlyDictionary<string, string> Checks)
{
    /// <summary>
    /// Why a check is not healthy, for keys with the scope <c>admin</c> or <c>support:act</c>; absent for everybody else. The
    /// log has the same: the checked components log their own changes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Reasons { get; init; }
}
