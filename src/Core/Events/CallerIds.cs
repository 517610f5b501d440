using System.Buffers;

namespace GuestSessions.Core.Events;

/// <summary>The shape of ids that callers choose: guest ids and event ids.</summary>
public static class CallerIds
{
    public const int LongestLength = 128;

    public const string Expected = "1 to 128 characters of A-Z a-z 0-9 . _ ~ : -";

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~:-");

    // "." and ".." would be taken out of an address before it reaches anybody.
    public static bool IsValid(ReadOnlySpan<char> id)
        => id.Length is >= 1 and <= LongestLength && id is not ("." or "..") && !id.ContainsAnyExcept(Alphabet);

    /// <summary>Says what is hard to see in an id; empty where that is not what is wrong with it.</summary>
    public static string Advice(string id) => CleanText.Of(id) is { Length: > 0 } clean && clean != id && IsValid(clean)
        ? " There are blanks or invisible characters in it." : "";
}
