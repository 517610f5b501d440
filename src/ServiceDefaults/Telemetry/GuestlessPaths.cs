using System.Diagnostics;
using OpenTelemetry;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>Traces name the route of a request, never its path: a path names a guest.</summary>
public sealed class GuestlessPaths : BaseProcessor<Activity>
{
    private const string Route = "http.route";

    private static readonly string[] TagsWithPaths =
        ["url.path", "url.query", "url.full", "http.target", "http.url"];

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
    }
}
