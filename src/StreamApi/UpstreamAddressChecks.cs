using System.Net;
using GuestSessions.Core.Options;
using GuestSessions.StreamApi.Wire;
using Microsoft.Extensions.Options;

namespace GuestSessions.StreamApi;

/// <summary>
/// Reports at start the upstream addresses that are visibly not public. What a name resolves to is checked at each
/// connect. Messages repeat only the host of an address.
/// </summary>
internal sealed class UpstreamAddressChecks : IValidateOptions<SessionsOptions>
{
    public ValidateOptionsResult Validate(string? name, SessionsOptions options)
    {
        var failures =
            from tenant in options.Tenants
            let upstream = tenant.Value?.StreamApi
            where upstream is { AllowPrivate: false }
                && Uri.TryCreate(upstream.BaseUrl, UriKind.Absolute, out var address) && IsPrivate(address)
            let path = $"{SessionsOptions.Section}:Tenants:{tenant.Key}:StreamApi"
            select $"{path}:BaseUrl: {new Uri(upstream.BaseUrl).Host} is not a public address. "
                + $"Set {path}:AllowPrivate to allow private, loopback and link-local addresses.";
        var found = failures.ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static bool IsPrivate(Uri address)
    {
        var host = address.DnsSafeHost.TrimEnd('.');
        return IPAddress.TryParse(host, out var ip)
            ? !PublicAddress.Is(ip)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
