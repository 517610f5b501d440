using System.Net;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Checks the addresses of the ingress.</summary>
internal static class IngressChecks
{
    private const string Ingress = $"{SessionsOptions.Section}:Ingress";

    public static void Check(IngressOptions options, List<string> failures)
    {
        AddressChecks.Check($"{Ingress}:Urls", options.Urls, failures);

        for (var at = 0; at < options.Origins.Count; at++)
        {
            if (options.Origins[at] != "*" && !IsOrigin(options.Origins[at]))
                failures.Add($"{Ingress}:Origins:{at}: expected an origin without a path, like https://shop.example.");
        }

        for (var at = 0; at < options.TrustedProxies.Count; at++)
        {
            if (!IPNetwork.TryParse(options.TrustedProxies[at], out _))
                failures.Add($"{Ingress}:TrustedProxies:{at}: expected a network, like 10.0.0.0/8.");
        }
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && origin == uri.GetLeftPart(UriPartial.Authority);
}
