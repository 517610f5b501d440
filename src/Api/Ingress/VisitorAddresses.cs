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

    /// <summary>
    /// The caller's address: the last one on the way that no trusted proxy has. Where a trusted proxy says no address, it
    /// is that proxy's own.
    /// </summary>
    public IPAddress Of(HttpContext context)
    {
        var address = PeerOf(context);
        if (!IsTrusted(address))
            return address;
        foreach (var before in HopsOf(context.Request.Headers))
        {
            if (before is null)
                break;
            address = before;
            if (!IsTrusted(address))
                break;
        }

        return address;
    }

    public static string? UserAgentOf(HttpContext context) =>
        context.Request.Headers.UserAgent is [{ Length: > 0 and <= LongestUserAgent } agent] ? agent : null;

    /// <summary>What limits count by: an address, and for IPv6 the network that one subscriber has.</summary>
    public string SubscriberOf(HttpContext context) => SubscriberOf(Of(context));

    /// <summary>The same, where one address can have too much: null for a trusted proxy, which speaks for many.</summary>
    public string? BoundedSenderOf(HttpContext context) => BoundedSenderOf(Of(context));

    /// <inheritdoc cref="BoundedSenderOf(HttpContext)"/>
    public string? BoundedSenderOf(IPAddress address) => IsTrusted(address) ? null : SubscriberOf(address);

    /// <summary>What one party has of addresses at most, as providers give them out: for IPv6 a /48.</summary>
    public static string NetworkOf(IPAddress address) => PrefixOf(address, bytesOfIPv6: 6);

    private static string SubscriberOf(IPAddress address) => PrefixOf(address, bytesOfIPv6: 8);

    private static string PrefixOf(IPAddress address, int bytesOfIPv6) =>
        address.GetAddressBytes() is { Length: 16 } bytes
            ? Convert.ToHexString(bytes, 0, bytesOfIPv6)
            : address.ToString();

    private static IPAddress PeerOf(HttpContext context) =>
        ForwardedHops.Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);

    /// <summary>One header or the other, never a mixture: they do not say which of them is the newer.</summary>
    private IEnumerable<IPAddress?> HopsOf(IHeaderDictionary headers)
    {
        var forwardedFor = headers["X-Forwarded-For"];
        return options.ForwardedHeader == ForwardedHeader.XForwardedFor
            || (options.ForwardedHeader == ForwardedHeader.Either && forwardedFor.Count > 0)
                ? ForwardedHops.InXForwardedFor(forwardedFor)
                : ForwardedHops.InForwarded(headers["Forwarded"]);
    }

    private bool IsTrusted(IPAddress address) => Array.Exists(_trusted, network => network.Contains(address));
}
