using Microsoft.Extensions.Logging;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>
/// Silences the category that writes the path of every request: a path names a guest. It asks before every rule, since
/// a rule of one provider, even its default level, would go before any rule of ours.
/// </summary>
internal static class RequestPathLogs
{
    private const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void Silence(LoggerFilterOptions options)
    {
        for (var at = 0; at < options.Rules.Count; at++)
        {
            var rule = options.Rules[at];
            options.Rules[at] = new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel,
                (provider, category, level) => category != Category
                    && (rule.Filter is null || rule.Filter(provider, category, level)));
        }

        options.Rules.Add(new LoggerFilterRule(null, Category, LogLevel.None, null));
    }
}
