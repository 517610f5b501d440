using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Delivery;

public sealed partial class DeliveryGate
{
    [LoggerMessage(2001, LogLevel.Error,
        "Tenant {Tenant} is paused: the upstream's answers indicate wrong credentials, base URL or events for the whole "
        + "tenant (status {Status}, {Reason}). One event a minute is tried. Nothing is lost.")]
    private partial void LogPaused(string tenant, int? status, string? reason);

    [LoggerMessage(2002, LogLevel.Information, "Tenant {Tenant} is delivering again.")]
    private partial void LogResumed(string tenant);
}
