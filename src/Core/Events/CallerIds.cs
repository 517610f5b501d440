using System.Buffers;

namespace GuestSessions.Core.Events;

/// <summary>The shape of ids that callers choose: guest ids and event ids.</summary>
public static class CallerIds
{
    public const int LongestLength = 128;

    public const string Expected = "1 to 128 characters of A-Z a-z 0-9 . _ ~ : -";

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~:-");

    // Clients and proxies remove "." and ".." from a URL.
    public static bool IsValid(ReadOnlySpan<char> id)
        => id.Length is >= 1 and <= LongestLength && id is not ("." or "..") && !id.ContainsAnyExcept(Alphabet);

    /// <summary>Points out blanks and invisible characters in an id; empty if they are not the problem.</summary>
    public static string Advice(string id) => CleanText.Of(id) is { Length: > 0 } clean && clean != id && IsValid(clean)
        ? " It contains blanks or invisible characters." : "";
}
