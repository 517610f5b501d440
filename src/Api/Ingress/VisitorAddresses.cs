using System.Net;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>Finds the address of a caller, also behind trusted proxies.</summary>
internal sealed class VisitorAddresses(IngressOptions options)
{
    // Characters. No browser sends a longer one.
    private const int LongestUserAgent = 1024;

    private readonly IPNetwork[] _trusted = [.. options.TrustedProxies.Select(IPNetwork.Parse)];

    /// <summary>
    /// The caller's address: the nearest one that is not a trusted proxy's. If a trusted proxy reports no address, it is
    /// that proxy's own.
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

    /// <summary>The key by which limits count: an address, or for IPv6 the network of one subscriber.</summary>
    public string SubscriberOf(HttpContext context) => SubscriberOf(Of(context));

    /// <summary>The same for limits per address; null for a trusted proxy, which speaks for many callers.</summary>
    public string? BoundedSenderOf(HttpContext context) => BoundedSenderOf(Of(context));

    /// <inheritdoc cref="BoundedSenderOf(HttpContext)"/>
    public string? BoundedSenderOf(IPAddress address) => IsTrusted(address) ? null : SubscriberOf(address);

    /// <summary>A number that stands for this address as long as the process runs; 0 for a trusted proxy.</summary>
    public int SenderOf(HttpContext context) =>
        BoundedSenderOf(context) is { } address ? address.GetHashCode(StringComparison.Ordinal) : 0;

    /// <summary>The largest network that providers give to one party: for IPv6 a /48.</summary>
    public static string NetworkOf(IPAddress address) => PrefixOf(address, bytesOfIPv6: 6);

    private static string SubscriberOf(IPAddress address) => PrefixOf(address, bytesOfIPv6: 8);

    private static string PrefixOf(IPAddress address, int bytesOfIPv6) =>
        address.GetAddressBytes() is { Length: 16 } bytes
            ? Convert.ToHexString(bytes, 0, bytesOfIPv6)
            : address.ToString();

    private static IPAddress PeerOf(HttpContext context) =>
        ForwardedHops.Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);

    /// <summary>Reads one header or the other, never both: nothing tells which of them is newer.</summary>
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
