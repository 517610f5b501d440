namespace GuestSessions.Api.Guests;

/// <summary>
/// Personal values as support sees them: enough to tell one customer's e-mail address from another's on the
/// phone, never enough to know it.
/// </summary>
/// <remarks>
/// A value of six characters or more keeps its first two; a shorter one keeps nothing. An e-mail address keeps
/// its top-level domain, and the first character of each side that has four characters or more. The length of
/// the hidden part is never shown.
/// </remarks>
internal static class Masking
{
    public const string Hidden = "•••";

    private const int ShortestShown = 6;
    private const int ShortestSideShown = 4;
    private const int LongestTopLevelDomain = 6;

    public static string Mask(string value)
    {
        var at = value.LastIndexOf('@');
        return at > 0 && at < value.Length - 1
            ? $"{Lead(value[..at], ShortestSideShown, 1)}@{MaskDomain(value[(at + 1)..])}"
            : Lead(value, ShortestShown, 2);
    }

    private static string MaskDomain(string domain)
    {
        var dot = domain.LastIndexOf('.');
        var top = domain[(dot + 1)..];
        return dot > 0 && top.Length is > 0 and <= LongestTopLevelDomain && top.All(char.IsAsciiLetter)
            ? $"{Lead(domain[..dot], ShortestSideShown, 1)}.{top}"
            : Lead(domain, ShortestSideShown, 1);
    }

    /// <summary>Counts in code points, so that no character is cut in half.</summary>
    private static string Lead(string value, int shortest, int shown)
    {
        var points = value.EnumerateRunes().Take(shortest).ToList();
        return points.Count < shortest
            ? Hidden
            : string.Concat(points.Take(shown).Select(point => point.ToString())) + Hidden;
    }
}
