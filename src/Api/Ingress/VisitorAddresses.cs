using System.Net;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>Whose call it is, behind proxies that are trusted to say.</summary>
internal sealed class VisitorAddresses(IngressOptions options)
{
    // Longer claims than this come from nobody's browser.
    private const int LongestUserAgent = 1024;

    private readonly IPNetwork[] _trusted = [.. options.TrustedProxies.Select(IPNetwork.Parse)];

    /// <summary>The caller's address: the last one on the way that no trusted proxy has.</summary>
    public IPAddress Of(HttpContext context)
    {
        var address = Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);
        var claimed = context.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries);
        for (var at = claimed.Length - 1; at >= 0 && IsTrusted(address); at--)
        {
            if (!IPAddress.TryParse(claimed[at], out var before))
                break;
            address = Plain(before);
        }

        return address;
    }

    public static string? UserAgentOf(HttpContext context) =>
        context.Request.Headers.UserAgent is [{ Length: > 0 and <= LongestUserAgent } agent] ? agent : null;

    /// <summary>What limits count by: an address, and for IPv6 the network that one subscriber has.</summary>
    public string SubscriberOf(HttpContext context)
    {
        var address = Of(context);
        return address.GetAddressBytes() is { Length: 16 } bytes
            ? Convert.ToHexString(bytes, 0, 8)
            : address.ToString();
    }

    private bool IsTrusted(IPAddress address) => Array.Exists(_trusted, network => network.Contains(address));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
