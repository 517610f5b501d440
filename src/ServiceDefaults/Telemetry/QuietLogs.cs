using GuestSessions.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>
/// Silences entries that must not be logged, or that are logged better elsewhere. A path of a request names a guest, so some
/// categories of the framework are silent, and all others below Information. The host itself reports a failure to start. The
/// filter wraps every rule, because a rule of one provider, even its default level, would override any added rule.
/// </summary>
internal static class QuietLogs
{
    private const string Framework = "Microsoft.AspNetCore";
    private const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>It repeats what a provider said of a person. The console and the API log on their own why nobody was let in.</summary>
    private const string SignIn = "Microsoft.AspNetCore.Authentication";

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
            && category?.StartsWith(SignIn, StringComparison.Ordinal) != true
            && (level >= LogLevel.Information
                || category?.StartsWith(Framework, StringComparison.Ordinal) != true);
}
