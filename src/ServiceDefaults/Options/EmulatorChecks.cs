using System.Net;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>The emulator takes events that then count as delivered: outside Development only for who says so.</summary>
internal static class EmulatorChecks
{
    private const string Emulator = $"{SessionsOptions.Section}:Emulator";

    public static void Check(EmulatorOptions options, bool isDevelopment, List<string> failures)
    {
        if (!options.Enabled)
            return;
        var addresses = options.Url.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Length == 0 || !addresses.All(IsHttp))
            failures.Add($"{Emulator}:Url: expected an address with a port, like http://localhost:8090.");
        if (isDevelopment)
            return;
        if (!options.AllowInProduction)
        {
            failures.Add($"{Emulator}:Enabled: outside Development events would be marked as delivered that no real upstream "
                + $"has; set {Emulator}:AllowInProduction too if that is what you want.");
        }

        if (!addresses.All(IsLoopback))
            failures.Add($"{Emulator}:Url: outside Development the emulator listens on a loopback address only.");
    }

    private static bool IsHttp(string address) =>
        Uri.TryCreate(Everywhere(address), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https");

    private static bool IsLoopback(string address) =>
        Uri.TryCreate(Everywhere(address), UriKind.Absolute, out var uri)
        && (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip)));

    /// <summary>Kestrel's words for every address are no host of a URI.</summary>
    private static string Everywhere(string address) =>
        address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
}
