using System.Net;
using System.Net.Sockets;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// Distinguishes addresses of the public internet from all others: private, loopback, link-local, multicast,
/// reserved, and those where clouds serve credentials. Based on IANA's special-purpose registries (RFC 6890 and its
/// successors).
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] SpecialV4 = Networks(
        "0.0.0.0/8", // this network
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
        "100.64.0.0/10", // carrier-grade NAT; Alibaba's metadata too
        "127.0.0.0/8", // loopback
        "168.63.129.16/32", // Azure's wire server
        "169.254.0.0/16", // link-local; metadata of most clouds
        "192.0.0.0/24", // protocol assignments; Oracle's metadata too
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation
        "192.88.99.0/24", // 6to4 relays
        "198.18.0.0/15", // benchmarks
        "224.0.0.0/4", // multicast
        "240.0.0.0/4"); // reserved, broadcast

    /// <summary>
    /// Contains all public IPv6 addresses; unique local, link-local, multicast and loopback ones lie outside.
    /// </summary>
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialV6 = Networks(
        "2001::/23", // protocol assignments, Teredo among them
        "2001:db8::/32", "3fff::/20"); // documentation

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>
    /// Whether it is an address of the public internet. An IPv4 address inside an IPv6 address counts as the IPv4
    /// address.
    /// </summary>
    public static bool Is(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !SpecialV4.Any(network => network.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        if (address.IsIPv4MappedToIPv6)
            return Is(address.MapToIPv4());
        if (Nat64.Contains(address))
            return Is(Embedded(address, 12));
        if (SixToFour.Contains(address))
            return Is(Embedded(address, 2));
        return GlobalV6.Contains(address) && !SpecialV6.Any(network => network.Contains(address));
    }

    private static IPAddress Embedded(IPAddress address, int at) => new(address.GetAddressBytes().AsSpan(at, 4));

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
