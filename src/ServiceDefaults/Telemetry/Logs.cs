using GuestSessions.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>Logs structured JSON on the console; in Development, one readable line per entry.</summary>
internal static class Logs
{
    /// <summary>
    /// Levels of categories whose entries would hide the service's own. The configuration section <c>Logging</c>
    /// overrides them.
    /// </summary>
    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
        ["Logging:LogLevel:Microsoft"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = nameof(LogLevel.Information),
        ["Logging:LogLevel:Orleans"] = nameof(LogLevel.Warning),
        // Its first check on a machine that has been up for hours is a false alarm.
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = nameof(LogLevel.Error),
        // Logs at every check what the host logs once, when it changes.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = nameof(LogLevel.None),
        ["Logging:LogLevel:Polly"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = nameof(LogLevel.Warning),
    };

    public static void AddLogs(this IHostApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(
            0, new MemoryConfigurationSource { InitialData = Quiet });

        builder.Services.AddOptions<LoggerFilterOptions>().PostConfigure<HostPhase>(QuietLogs.Apply);
        if (builder.Environment.IsDevelopment())
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        else
            builder.Logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "O";
            });
    }
}
