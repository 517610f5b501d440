using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using GuestSessions.Core.Guests;

namespace GuestSessions.Core.Events;

/// <summary>
/// Checks guest ids. An app that sends a placeholder for unknown guests would merge many people into one session, and
/// nobody could separate them again.
/// </summary>
public static class GuestIds
{
    private static readonly SearchValues<char> Alphanumeric =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>
    /// Placeholders that runtimes and apps produce by accident. Analytics products reject nearly the same ones.
    /// </summary>
    public static FrozenSet<string> Junk { get; } = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        [.. Placeholders.NoValue, .. Placeholders.Nobody, .. Placeholders.Variables]);

    /// <summary>
    /// Further placeholders for identifiers: what reports, spreadsheets and tag managers print for a missing value.
    /// </summary>
    public static FrozenSet<string> JunkIdentifiers { get; } = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        [.. Junk, .. Placeholders.Reports]);

    /// <summary>
    /// Whether an identifier's value is a placeholder: the upstream would treat everyone with it as one person. Zeros and
    /// punctuation alone are placeholders too.
    /// </summary>
    /// <param name="id">The value as the caller gave it.</param>
    /// <param name="configured">Replaces <see cref="JunkIdentifiers"/> unless it is empty.</param>
    public static bool IsJunkIdentifier(string id, IReadOnlyCollection<string> configured)
    {
        var text = CleanText.Of(id);
        return AllNameNobody(text)
            || Placeholders.Of(configured.Count == 0 ? JunkIdentifiers : configured).Include(text);
    }

    private static bool AllNameNobody(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!NamesNobody(rune))
                return false;
        }

        return true;
    }

    private static bool NamesNobody(Rune rune) => rune.Value is '0' or '\uFF10'
        || Rune.IsPunctuation(rune) || Rune.IsWhiteSpace(rune) || (rune.IsAscii && Rune.IsSymbol(rune));

    /// <summary>
    /// The code with which a guest id is rejected: <see cref="EventCodes.InvalidGuestId"/>,
    /// <see cref="EventCodes.JunkGuestId"/> or <see cref="EventCodes.ReservedGuestId"/>; null if it is accepted.
    /// </summary>
    /// <param name="guest">The id as the caller gave it.</param>
    /// <param name="configuredJunk">Replaces <see cref="Junk"/> unless it is empty.</param>
    public static string? Check(string guest, IReadOnlyCollection<string> configuredJunk)
    {
        if (!CallerIds.IsValid(guest))
            return EventCodes.InvalidGuestId;
        if (BrowserGuests.Is(guest))
            return EventCodes.ReservedGuestId;

        var junk = configuredJunk.Count == 0
            ? Placeholders.Of(Junk).Include(guest) || !guest.AsSpan().ContainsAny(Alphanumeric)
            : Placeholders.Of(configuredJunk).Include(guest);
        return junk ? EventCodes.JunkGuestId : null;
    }
}
