using Microsoft.Extensions.Logging;

namespace GuestSessions.StreamApi;

/// <summary>Event ids 5000 to 5099 are the upstream client's.</summary>
internal sealed partial class StreamClient
{
    [LoggerMessage(5001, LogLevel.Warning,
        "The circuit to the Stream API of tenant {Tenant} opened. One probe is sent every {Break} until one is answered.")]
    private partial void LogCircuitOpened(string tenant, TimeSpan @break);

    [LoggerMessage(5002, LogLevel.Information, "The circuit to the Stream API of tenant {Tenant} closed.")]
    private partial void LogCircuitClosed(string tenant);
}
