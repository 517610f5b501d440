namespace GuestSessions.Core.Events;

/// <summary>Paths into a request, as RFC 6901 writes them.</summary>
public static class JsonPointer
{
    // A path repeats names that the caller chose. For a very long name, the parent's path is used.
    private const int LongestName = 128;

    public static string To(string parent, string name)
        => name.Length > LongestName ? parent : $"{parent}/{Escape(name)}";

    public static string To(string parent, int index) => $"{parent}/{index}";

    public static string Unescape(string segment) => segment
        .Replace("~1", "/", StringComparison.Ordinal)
        .Replace("~0", "~", StringComparison.Ordinal);

    private static string Escape(string name) => name
        .Replace("~", "~0", StringComparison.Ordinal)
        .Replace("/", "~1", StringComparison.Ordinal);
}
