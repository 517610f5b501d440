using Microsoft.Extensions.Logging;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>
/// Silences what writes the path of a request, since a path names a guest: one category of the framework as a
/// whole, all others below Information. It asks before every rule, since a rule of one provider, even its
/// default level, would go before any rule of ours.
/// </summary>
internal static class RequestPathLogs
{
    private const string Framework = "Microsoft.AspNetCore";
    private const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void Silence(LoggerFilterOptions options)
    {
        for (var at = 0; at < options.Rules.Count; at++)
        {
            var rule = options.Rules[at];
            options.Rules[at] = new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel,
                (provider, category, level) => MayLog(category, level)
                    && (rule.Filter is null || rule.Filter(provider, category, level)));
        }

        options.Rules.Add(new LoggerFilterRule(null, Category, LogLevel.None, null));
    }

    private static bool MayLog(string? category, LogLevel level)
        => category != Category
            && (level >= LogLevel.Information
                || category?.StartsWith(Framework, StringComparison.Ordinal) != true);
}
