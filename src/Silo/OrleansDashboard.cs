using GuestSessions.Api;
using GuestSessions.ServiceDefaults.Options;
using Orleans.Dashboard;

namespace GuestSessions.Silo;

/// <summary>
/// The Orleans Dashboard: grains by type, calls and silos. It shows no guest: neither the log, which it could stream, nor the
/// state of a grain, which it would look for in fields.
/// </summary>
internal static class OrleansDashboard
{
    private const string Path = "/orleans";
    private const string GrainState = "/GrainState";

    public static ISiloBuilder AddOrleansDashboard(this ISiloBuilder silo, ServiceOptions options) =>
        options.Dashboard.Enabled ? silo.AddDashboard(static dashboard => dashboard.HideTrace = true) : silo;

    public static void MapDashboard(this WebApplication app, ServiceOptions options)
    {
        if (!options.Dashboard.Enabled)
            return;
        var dashboard = app.MapOrleansDashboard(Path).ForAdministrators(app.Environment).ExcludeFromDescription();
        dashboard.AddEndpointFilter(static async (call, next) =>
            call.HttpContext.Request.Path.StartsWithSegments(Path + GrainState, StringComparison.OrdinalIgnoreCase)
                ? Results.NotFound()
                : await next(call));
    }
}
