namespace GuestSessions.Core.Guests;

/// <summary>
/// The guest of an anonymous browser, which no caller has linked to a guest yet: <c>browser:</c> and the browser id in lower
/// case. The form is reserved: reads accept it like any guest id, but callers cannot record events for it.
/// </summary>
public static class BrowserGuests
{
    public const string Prefix = "browser:";

    /// <summary>The guest id of an anonymous browser.</summary>
    public static string Of(string browserId) => Prefix + browserId.ToLowerInvariant();

    /// <summary>The browser id in a guest id of the reserved form.</summary>
    public static string BrowserIdOf(string guest) => guest[Prefix.Length..];

    /// <summary>Whether a guest id has the reserved form.</summary>
    public static bool Is(string guest) => guest.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
}
