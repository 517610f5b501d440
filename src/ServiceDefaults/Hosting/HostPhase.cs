using Microsoft.Extensions.Logging;

namespace GuestSessions.ServiceDefaults.Hosting;

/// <summary>
/// Whether the host is still starting. A failure then ends the host, and <see cref="HostRun"/> reports the reason. The
/// framework would log the same failure several times, with its stack and its consequences.
/// </summary>
internal sealed class HostPhase
{
    private static readonly string[] ToldByHostRun =
    [
        "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Extensions.Hosting.Internal.Host",
        "Orleans.Runtime.SiloLifecycleSubject", "Orleans.Runtime.Silo",
    ];

    private volatile bool _hasStarted;
    private volatile bool _hasFailed;

    public void Started() => _hasStarted = true;

    public void Failed() => _hasFailed = true;

    /// <summary>Whether an entry may be logged: false if the host reports the same failure itself.</summary>
    public bool MayLog(string? category, LogLevel level) => !_hasFailed
        && (_hasStarted || level < LogLevel.Error
            || !ToldByHostRun.Contains(category, StringComparer.Ordinal));
}
