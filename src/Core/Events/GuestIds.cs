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
    /// <summary>
    /// Placeholders that runtimes and apps produce by accident, compared without case. Analytics products reject
    /// nearly the same ones.
    /// </summary>
    public static FrozenSet<string> Junk { get; } = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        // How languages print the absence of a value.
        "undefined", "null", "none", "nil", "nan", "void", "empty", "true", "false", "0", "-1",
        "00000000-0000-0000-0000-000000000000", "00000000000000000000000000000000",
        // What apps call an unknown guest.
        "guest", "anonymous", "anonymous_user", "anonymous-user", "anonymoususer", "anon", "visitor",
        "unknown", "unidentified", "unauthenticated", "not_authenticated", "not-authenticated", "nobody",
        "default", "n.a.",
        // A variable's name where its value was meant.
        "id", "user", "user_id", "userid", "guest_id", "guestid", "customer_id", "customerid", "distinct_id",
        "distinctid", "email");

    /// <summary>
    /// Further placeholders for identifiers: what reports, spreadsheets and tag managers print for a missing value.
    /// </summary>
    public static FrozenSet<string> JunkIdentifiers { get; } = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        [.. Junk, "n/a", "n.a", "na", "#n/a", "not set", "not_set", "notset", "not available", "not_available",
            "not provided", "not applicable", "no value", "missing", "blank", "unset", "object object", "nan"]);

    private static readonly (char Open, char Close)[] Brackets =
        [('(', ')'), ('[', ']'), ('<', '>'), ('{', '}'), ('"', '"'), ('\'', '\''), ('%', '%')];

    /// <summary>
    /// Whether an identifier's value is a placeholder: the upstream would treat everyone with it as one person.
    /// Brackets and quotes around a placeholder make no difference. Zeros and punctuation alone are placeholders too.
    /// </summary>
    /// <param name="id">The value as the caller gave it.</param>
    /// <param name="configured">Replaces <see cref="JunkIdentifiers"/> unless it is empty.</param>
    public static bool IsJunkIdentifier(string id, IReadOnlyCollection<string> configured)
    {
        var text = CleanText.Of(id);
        if (text.EnumerateRunes().All(NamesNobody))
            return true;
        for (; ; text = text[1..^1].Trim())
        {
            if (configured.Count == 0
                ? JunkIdentifiers.Contains(text)
                : configured.Contains(text, StringComparer.OrdinalIgnoreCase))
                return true;
            if (text.Length < 3 || !Brackets.Contains((text[0], text[^1])))
                return false;
        }
    }

    private static bool NamesNobody(Rune rune) => rune.Value == '0'
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
            ? Junk.Contains(guest) || !guest.Any(char.IsAsciiLetterOrDigit)
            : configuredJunk.Contains(guest, StringComparer.OrdinalIgnoreCase);
        return junk ? EventCodes.JunkGuestId : null;
    }
}
