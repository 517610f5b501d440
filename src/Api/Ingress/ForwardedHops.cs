using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// The hops that <c>X-Forwarded-For</c> or <c>Forwarded</c> (RFC 7239) names, the nearest first. They are read from the
/// right, where the nearest proxy wrote, so text that a visitor wrote further left cannot change them.
/// </summary>
internal static class ForwardedHops
{
    /// <summary>The caller that each proxy on the way reports; null if it reports no address.</summary>
    public static IEnumerable<IPAddress?> InXForwardedFor(StringValues lines) => Elements(lines).Select(AddressOf);

    /// <inheritdoc cref="InXForwardedFor"/>
    public static IEnumerable<IPAddress?> InForwarded(StringValues lines) =>
        Elements(lines).Select(static element => ForOf(element) is { } node ? AddressOf(node) : null);

    /// <summary>
    /// Reads an address as proxies write it: with or without a port, IPv6 also in brackets; null for anything else.
    /// </summary>
    public static IPAddress? AddressOf(string node)
    {
        if (node.StartsWith('['))
        {
            var end = node.IndexOf(']', StringComparison.Ordinal);
            return end > 0 && IsPortOrNothing(node.AsSpan(end + 1)) ? IPv6Of(node[1..end]) : null;
        }

        return node.IndexOf(':', StringComparison.Ordinal) is var colon && colon < 0 ? IPv4Of(node)
            : colon == node.LastIndexOf(':') ? IsPortOrNothing(node.AsSpan(colon)) ? IPv4Of(node[..colon]) : null
            : IPv6Of(node);
    }

    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The members of a list, the last first. A comma within quotes does not separate members.</summary>
    private static IEnumerable<string> Elements(StringValues lines)
    {
        for (var line = lines.Count - 1; line >= 0; line--)
        {
            var text = lines[line] ?? "";
            var end = text.Length;
            var isQuoted = false;
            for (var at = text.Length - 1; at >= -1; at--)
            {
                if (at >= 0 && text[at] == '"' && !IsEscaped(text, at))
                    isQuoted = !isQuoted;
                if (at >= 0 && (isQuoted || text[at] != ','))
                    continue;
                var element = text[(at + 1)..end].Trim();
                end = Math.Max(at, 0);
                if (element.Length > 0)
                    yield return element;
            }
        }
    }

    /// <summary>The value of <c>for</c> in one element; null if there is not exactly one, or it is malformed.</summary>
    private static string? ForOf(string element)
    {
        string? node = null;
        for (var at = 0; at < element.Length; at++)
        {
            var equals = element.IndexOf('=', at);
            if (equals < 0)
                return null;
            var name = element[at..equals].Trim();
            if (ValueAt(element, equals + 1) is not { } value)
                return null;
            at = value.End;
            if (!name.Equals("for", StringComparison.OrdinalIgnoreCase))
                continue;
            if (node is not null)
                return null;
            node = value.Text;
        }

        return node;
    }

    /// <summary>A token or a quoted text, up to the next semicolon or the end.</summary>
    private static (string Text, int End)? ValueAt(string element, int at)
    {
        if (at >= element.Length || element[at] != '"')
        {
            var end = element.IndexOf(';', at) is var semicolon and >= 0 ? semicolon : element.Length;
            var token = element[at..end].Trim();
            return token.Contains('"', StringComparison.Ordinal) ? null : (token, end);
        }

        var close = at + 1;
        while (close < element.Length && (element[close] != '"' || IsEscaped(element, close)))
            close++;
        var rest = close + 1;
        while (rest < element.Length && element[rest] == ' ')
            rest++;
        return close < element.Length && (rest >= element.Length || element[rest] == ';')
            ? (element[(at + 1)..close].Replace("\\", "", StringComparison.Ordinal), rest)
            : null;
    }

    private static bool IsEscaped(string text, int at)
    {
        var slashes = 0;
        while (at - slashes > 0 && text[at - slashes - 1] == '\\')
            slashes++;
        return slashes % 2 == 1;
    }

    /// <summary>Accepts the usual form only: other programs read forms like <c>010.1</c> as other addresses.</summary>
    private static IPAddress? IPv4Of(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork
        && address.ToString() == text
            ? address
            : null;

    private static IPAddress? IPv6Of(string text)
    {
        // The zone means something to the proxy only.
        var zone = text.IndexOf('%', StringComparison.Ordinal);
        return IPAddress.TryParse(zone < 0 ? text : text[..zone], out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6
                ? Plain(address)
                : null;
    }

    private static bool IsPortOrNothing(ReadOnlySpan<char> rest) => rest.IsEmpty
        || (rest[0] == ':' && (rest.Length > 2 && rest[1] == '_'
            || ushort.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _)));
}
