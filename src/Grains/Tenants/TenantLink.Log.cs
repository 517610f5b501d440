using GuestSessions.Core.Delivery;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Tenants;

/// <summary>Event ids 2320 to 2339 are the links'.</summary>
public sealed partial class TenantLink
{
    [LoggerMessage(2320, LogLevel.Warning,
        "This silo cannot reach tenant {Tenant}'s state; its terms run out, and until it has new ones it sends nothing.")]
    private partial void LogUnreachable(string tenant, Exception exception);

    [LoggerMessage(2321, LogLevel.Error,
        "Tenant {Tenant} is still in trouble ({Trouble}): {Waiting} guests wait here, one event a minute is tried. A person "
        + "mends the configuration, or resumes delivery so that refused events are quarantined one by one.")]
    private partial void LogStillInTrouble(string tenant, TenantTrouble trouble, int waiting);
}
