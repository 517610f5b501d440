using GuestSessions.Api.Errors;
using GuestSessions.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// Rejects requests for hosts that <c>AllowedHosts</c> does not name; without that setting, any host is allowed. Health is
/// exempt, because a probe may use any address.
/// </summary>
internal static class HostCheck
{
    private const string AllowedHosts = "AllowedHosts";

    public static void UseHostCheck(this IApplicationBuilder app)
    {
        var named = app.ApplicationServices.GetRequiredService<IConfiguration>()[AllowedHosts] ?? "*";
        StringSegment[] allowed = [.. named
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static host => new HostString(host).ToUriComponent())];
        if (allowed.Length == 0 || allowed.Contains("*"))
            return;
        app.Use((context, next) => IsAllowed(context.Request, allowed)
            ? next(context)
            : Refusals.HostNotAllowed().ExecuteAsync(context));
    }

    private static bool IsAllowed(HttpRequest request, StringSegment[] allowed) =>
        HostString.MatchesAny(request.Host.Host, allowed) || request.Path.StartsWithSegments("/health")
            || request.Path.StartsWithSegments(MetricsEndpoint.Path);
}
