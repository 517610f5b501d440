namespace GuestSessions.Core.Guests;

/// <summary>
/// The guest that a browser is while nobody has named the person behind it: <c>browser:</c> and the browser id in lower
/// case. The form is reserved: reads take it like any guest id, callers cannot record under it.
/// </summary>
public static class BrowserGuests
{
    public const string Prefix = "browser:";

    /// <summary>The guest id of a browser of its own.</summary>
    public static string Of(string browserId) => Prefix + browserId.ToLowerInvariant();

    /// <summary>The browser id in a guest id of the reserved form.</summary>
    public static string BrowserIdOf(string guest) => guest[Prefix.Length..];

    /// <summary>Whether a guest id has the reserved form.</summary>
    public static bool Is(string guest) => guest.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
}
