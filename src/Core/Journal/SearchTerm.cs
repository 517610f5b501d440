using System.Globalization;

namespace GuestSessions.Core.Journal;

/// <summary>Something support can look a guest up by. Only its keyed hash is stored in the index.</summary>
/// <param name="Kind">One of <see cref="IdentifierKind"/>, <see cref="BrowserIdKind"/>, <see cref="OrderReferenceKind"/>.</param>
/// <param name="Value">The value as the index hashes it.</param>
public readonly record struct SearchTerm(string Kind, string Value)
{
    public const string IdentifierKind = "identifier";
    public const string BrowserIdKind = "browser_id";
    public const string OrderReferenceKind = "order_reference";

    /// <summary>The guest that took the history of a browser nobody had named; no caller searches by it.</summary>
    public const string LineKind = "line";

    /// <summary>The id of an identifier by itself, of whatever provider.</summary>
    public const string TextKind = "text";

    // The length keeps apart what a separator could not.
    public static SearchTerm Identifier(string provider, string id) =>
        Of(Normalised(provider), Normalised(id));

    private static SearchTerm Of(string provider, string id) => new(IdentifierKind, $"{provider.Length}:{provider}{id}");

    /// <summary>Characters of an order reference that is indexed; a longer one is recorded, but not found by.</summary>
    public const int LongestReference = 1024;

    public static SearchTerm BrowserId(string browserId) => new(BrowserIdKind, Normalised(browserId));

    public static SearchTerm Line(string guest) => new(LineKind, guest);

    public static SearchTerm OrderReference(string reference) => new(OrderReferenceKind, Normalised(reference));

    public static SearchTerm Text(string text) => new(TextKind, Normalised(text));

    /// <summary>
    /// A value as it is looked for: without the white space and the invisible characters around it, whatever its
    /// capitals. Only what is hashed for the index is made alike; nothing is sent or shown like it.
    /// </summary>
    public static string Normalised(string value)
    {
        var plain = value.AsSpan();
        while (plain.Length > 0 && IsBlank(plain[0]))
            plain = plain[1..];
        while (plain.Length > 0 && IsBlank(plain[^1]))
            plain = plain[..^1];
        return plain.ToString().ToLowerInvariant();
    }

    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || char.IsControl(character)
        || char.GetUnicodeCategory(character) == UnicodeCategory.Format;
}
