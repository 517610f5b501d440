using System.Diagnostics;
using OpenTelemetry;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>
/// Makes traces name the route of a request, never its path, because a path names a guest. They also omit the caller's user
/// agent and address, which are kept only with events of a tenant that forwards them.
/// </summary>
public sealed class GuestlessPaths : BaseProcessor<Activity>
{
    private const string Route = "http.route";

    private static readonly string[] TagsWithPaths =
        ["url.path", "url.query", "url.full", "http.target", "http.url"];

    private static readonly string[] TagsOfVisitors =
        ["user_agent.original", "http.user_agent", "client.address", "http.client_ip", "network.peer.address"];

    public override void OnEnd(Activity data)
    {
        // Clients of this service call the upstream's address, which names no guest.
        if (data.Kind != ActivityKind.Server)
            return;
        foreach (var tag in TagsWithPaths)
        {
            if (data.GetTagItem(tag) is not null)
                data.SetTag(tag, tag == "url.path" ? data.GetTagItem(Route) : null);
        }

        foreach (var tag in TagsOfVisitors)
            data.SetTag(tag, null);
    }
}
