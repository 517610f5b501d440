using GuestSessions.Core.Delivery;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Tenants;

/// <summary>Log event ids 2320 to 2339 belong to links.</summary>
public sealed partial class TenantLink
{
    [LoggerMessage(2320, LogLevel.Warning,
        "This silo cannot reach the state of tenant {Tenant}. When its terms expire, it sends nothing until it has "
        + "new ones.")]
    private partial void LogUnreachable(string tenant, Exception exception);

    [LoggerMessage(2321, LogLevel.Error,
        "Tenant {Tenant} is still in trouble ({Trouble}): {Waiting} guests wait here, and one event a minute is tried. Fix "
        + "the configuration, or resume delivery so that refused events are quarantined one by one.")]
    private partial void LogStillInTrouble(string tenant, TenantTrouble trouble, int waiting);
}
