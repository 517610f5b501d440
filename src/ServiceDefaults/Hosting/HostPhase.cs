using Microsoft.Extensions.Logging;

namespace GuestSessions.ServiceDefaults.Hosting;

/// <summary>
/// Whether the host is still starting. What fails then ends the host, and <see cref="HostRun"/> tells why; the framework
/// would log the same failure several times over, with its stack, and what follows from it.
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

    /// <summary>Whether an entry says something that is not told otherwise.</summary>
    public bool MayLog(string? category, LogLevel level) => !_hasFailed
        && (_hasStarted || level < LogLevel.Error
            || !ToldByHostRun.Contains(category, StringComparer.Ordinal));
}
