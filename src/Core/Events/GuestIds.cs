using System.Collections.Frozen;
using GuestSessions.Core.Guests;

namespace GuestSessions.Core.Events;

/// <summary>
/// Which guest ids are taken. An app that sends a placeholder for a guest it does not know would pour many
/// people into one session, and no one could separate them again.
/// </summary>
public static class GuestIds
{
    /// <summary>The id is not of the shape of <see cref="CallerIds"/>.</summary>
    public const string InvalidCode = "invalid_guest_id";

    /// <summary>The id is a placeholder.</summary>
    public const string JunkCode = "junk_guest_id";

    /// <summary>The id has the form of <see cref="BrowserGuests"/>.</summary>
    public const string ReservedCode = "reserved_guest_id";

    /// <summary>
    /// Placeholders that runtimes and apps produce by accident, compared without case. Analytics products
    /// refuse much the same ones.
    /// </summary>
    public static FrozenSet<string> Junk { get; } = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        // How languages print the absence of a value.
        "undefined", "null", "none", "nil", "nan", "void", "empty", "true", "false", "0", "-1",
        "00000000-0000-0000-0000-000000000000", "00000000000000000000000000000000",
        // How apps call someone they do not know.
        "guest", "anonymous", "anonymous_user", "anonymous-user", "anonymoususer", "anon", "visitor",
        "unknown", "unidentified", "unauthenticated", "not_authenticated", "not-authenticated", "nobody",
        "default", "n.a.",
        // A variable's name where its value was meant.
        "id", "user", "user_id", "userid", "guest_id", "guestid", "customer_id", "customerid", "distinct_id",
        "distinctid", "email");

    /// <summary>
    /// Whether an identifier's value is a placeholder: the upstream would take all who have it for one person.
    /// </summary>
    public static bool IsJunkIdentifier(string id)
    {
        var text = id.Trim();
        return text.Length == 0 || Junk.Contains(text)
            || text.Equals("[object Object]", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The code that refuses to record for a guest id: <see cref="InvalidCode"/>, <see cref="JunkCode"/> or
    /// <see cref="ReservedCode"/>; null if it is taken.
    /// </summary>
    /// <param name="guest">The id as the caller gave it.</param>
    /// <param name="configuredJunk">Replaces <see cref="Junk"/> unless it is empty.</param>
    public static string? Check(string guest, IReadOnlyCollection<string> configuredJunk)
    {
        if (!CallerIds.IsValid(guest))
            return InvalidCode;
        if (BrowserGuests.Is(guest))
            return ReservedCode;

        var junk = configuredJunk.Count == 0
            ? Junk.Contains(guest)
            : configuredJunk.Contains(guest, StringComparer.OrdinalIgnoreCase);
        return junk ? JunkCode : null;
    }
}
