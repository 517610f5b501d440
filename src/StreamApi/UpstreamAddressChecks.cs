using System.Net;
using GuestSessions.Core.Options;
using GuestSessions.StreamApi.Wire;
using Microsoft.Extensions.Options;

namespace GuestSessions.StreamApi;

/// <summary>
/// Upstreams whose address says by itself that it is not public are told at start; what a name resolves to is checked at
/// every connect. No message repeats more of an address than its host.
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
