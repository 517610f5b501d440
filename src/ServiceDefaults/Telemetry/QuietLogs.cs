using GuestSessions.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>
/// Silences what must not be logged, and what is said better elsewhere. A path of a request names a guest: one category of
/// the framework is silent as a whole, all others below Information. A failure to start is told by the host. It asks
/// before every rule, since a rule of one provider, even its default level, would go before any rule of ours.
/// </summary>
internal static class QuietLogs
{
    private const string Framework = "Microsoft.AspNetCore";
    private const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void Apply(LoggerFilterOptions options, HostPhase phase)
    {
        for (var at = 0; at < options.Rules.Count; at++)
        {
            var rule = options.Rules[at];
            options.Rules[at] = new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel,
                (provider, category, level) => NamesNoGuest(category, level)
                    && phase.MayLog(category, level)
                    && (rule.Filter is null || rule.Filter(provider, category, level)));
        }

        options.Rules.Add(new LoggerFilterRule(null, Category, LogLevel.None, null));
    }

    private static bool NamesNoGuest(string? category, LogLevel level)
        => category != Category
            && (level >= LogLevel.Information
                || category?.StartsWith(Framework, StringComparison.Ordinal) != true);
}
