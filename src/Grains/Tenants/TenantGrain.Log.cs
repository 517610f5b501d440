using GuestSessions.Core.Delivery;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Tenants;

/// <summary>Log event ids 2301 to 2319 belong to tenants.</summary>
public sealed partial class TenantGrain
{
    [LoggerMessage(2301, LogLevel.Error,
        "Tenant {Tenant} is in trouble ({Trouble}, status {Status}). No silo delivers. One event a minute is tried over all "
        + "silos. Nothing is lost.")]
    private partial void LogTrouble(string tenant, TenantTrouble trouble, int? status);

    [LoggerMessage(2302, LogLevel.Information, "Tenant {Tenant} has recovered.")]
    private partial void LogRecovered(string tenant);

    [LoggerMessage(2303, LogLevel.Warning,
        "The delivery state of tenant {Tenant} was not saved; a later report tries again.")]
    private partial void LogNotSaved(string tenant, Exception exception);

    [LoggerMessage(2304, LogLevel.Warning,
        "Silo {Silo} could not be notified that the delivery of tenant {Tenant} changed; its next report gets the change.")]
    private partial void LogNotTold(string tenant, string silo, Exception exception);

    [LoggerMessage(2305, LogLevel.Warning,
        "Not every silo has confirmed the pause of tenant {Tenant}. The call is answered in {Left}, when their "
        + "terms expire.")]
    private partial void LogWaitsForTerms(string tenant, TimeSpan left);
}
