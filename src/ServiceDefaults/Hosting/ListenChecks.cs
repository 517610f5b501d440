using System.Net;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace GuestSessions.ServiceDefaults.Hosting;

/// <summary>Finds addresses that no host can listen on, and ports that two parts of this host would share.</summary>
internal static class ListenChecks
{
    private const string Urls = "--urls or ASPNETCORE_URLS";

    /// <exception cref="OptionsValidationException">With every wrong address and the setting that names it.</exception>
    public static void Check(IConfiguration configuration, string? ingressUrls, string? emulatorUrls, string? metricsUrls)
    {
        var failures = Failures(configuration, ingressUrls, emulatorUrls, metricsUrls);
        if (failures.Count > 0)
            throw new OptionsValidationException(SessionsOptions.Section, typeof(SessionsOptions), failures);
    }

    /// <param name="configuration">The host's, as it is before the ingress adds its own addresses.</param>
    /// <param name="ingressUrls">The ingress' own addresses, separated by semicolons; null or empty when it has none.</param>
    /// <param name="emulatorUrls">The emulator's; null when it does not run.</param>
    /// <param name="metricsUrls">The metrics' own addresses, separated by semicolons; null or empty when they have none.</param>
    public static IReadOnlyList<string> Failures(IConfiguration configuration, string? ingressUrls, string? emulatorUrls, string? metricsUrls)
    {
        var failures = new List<string>();
        CheckPorts(configuration[WebHostDefaults.HttpPortsKey], "ASPNETCORE_HTTP_PORTS", failures);
        CheckPorts(configuration[WebHostDefaults.HttpsPortsKey], "ASPNETCORE_HTTPS_PORTS", failures);
        if (failures.Count > 0)
            return failures;

        var api = ListenAddresses.Of(configuration).Select(static url => (Setting: Urls, Url: url));
        if (ListenAddresses.EndpointUrls(configuration) is { Count: > 0 } endpoints)
            api = endpoints;
        var parts = new List<(string Part, string Setting, BindingAddress Address)>();
        foreach (var (part, setting, url) in (IEnumerable<(string, string, string)>)
            [
                .. api.Select(static one => ("the API", one.Setting, one.Url)),
                .. ListenAddresses.Split(ingressUrls).Select(static url => ("the ingress", "Sessions:Ingress:Urls", url)),
                .. ListenAddresses.Split(emulatorUrls).Select(static url => ("the emulator", "Sessions:Emulator:Url", url)),
                .. ListenAddresses.Split(metricsUrls).Select(static url => ("the metrics", "Sessions:Metrics:Urls", url)),
            ])
        {
            if (Read(url) is { } address)
                parts.Add((part, setting, address));
            else
                failures.Add($"{setting}: expected an address with a port from 1 to 65535, like http://localhost:8080; got \"{url}\".");
        }

        for (var at = 1; at < parts.Count; at++)
        {
            var (part, setting, address) = parts[at];
            var other = parts.FindIndex(0, at, one => one.Part != part && IsSamePort(one.Address, address));
            if (other >= 0)
                failures.Add($"{setting}: {part} cannot share port {address.Port} with {parts[other].Part}; choose another port.");
        }

        return failures;
    }

    private static void CheckPorts(string? ports, string setting, List<string> failures)
    {
        foreach (var port in ListenAddresses.Split(ports))
        {
            if (!ushort.TryParse(port, out _))
                failures.Add($"{setting}: expected port numbers from 1 to 65535, separated by semicolons; got \"{port}\".");
        }
    }

    private static BindingAddress? Read(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            var isHttp = address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase)
                || address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);
            return isHttp && (address.IsUnixPipe || address.Port is >= 0 and <= ushort.MaxValue) ? address : null;
        }
        catch (FormatException)
        {
            return null; // The caller says which setting it was.
        }
    }

    /// <summary>Kestrel listens on every address for a name it does not know, and on both loopback addresses for localhost.</summary>
    private static bool IsSamePort(BindingAddress one, BindingAddress other) =>
        !one.IsUnixPipe && !other.IsUnixPipe && one.Port == other.Port && one.Port != 0
        && (Specific(one.Host) is not { } address || Specific(other.Host) is not { } another || address.Equals(another));

    private static IPAddress? Specific(string host) =>
        IPAddress.TryParse(host, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? address
            : null;
}
