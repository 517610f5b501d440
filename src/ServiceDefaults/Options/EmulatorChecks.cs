using System.Net;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Events that the emulator takes count as delivered, so outside Development it needs a permission.</summary>
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
            failures.Add($"{Emulator}:Enabled: outside Development, events would count as delivered although no real "
                + $"upstream has them; to allow that, also set {Emulator}:AllowInProduction.");
        }

        if (!addresses.All(IsLoopback))
            failures.Add($"{Emulator}:Url: outside Development, the emulator may listen on a loopback address only.");
    }

    private static bool IsHttp(string address) =>
        Uri.TryCreate(Everywhere(address), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https");

    private static bool IsLoopback(string address) =>
        Uri.TryCreate(Everywhere(address), UriKind.Absolute, out var uri)
        && (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip)));

    /// <summary>Replaces Kestrel's wildcards for every address, which are not valid hosts of a URI.</summary>
    private static string Everywhere(string address) =>
        address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
}
