using System.Diagnostics;
using OpenTelemetry;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>
/// Traces name the route of a request, never its path: a path names a guest. Nor do they say whose program called, from
/// where: that is kept with an event where its tenant forwards it, and nowhere else.
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
        // What a client of ours calls is the upstream's address, which names no guest.
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
