using System.Globalization;
using GuestSessions.Core.Events;

namespace GuestSessions.Core.Journal;

/// <summary>A value by which support can find a guest. Only its keyed hash is stored in the index.</summary>
/// <param name="Kind">One of <see cref="IdentifierKind"/>, <see cref="BrowserIdKind"/>, <see cref="OrderReferenceKind"/>.</param>
/// <param name="Value">The value as the index hashes it.</param>
public readonly record struct SearchTerm(string Kind, string Value)
{
    public const string IdentifierKind = "identifier";
    public const string BrowserIdKind = "browser_id";
    public const string OrderReferenceKind = "order_reference";

    /// <summary>Finds the guest that took over the history of an anonymous browser; callers do not search by it.</summary>
    public const string LineKind = "line";

    /// <summary>The id of an identifier, whatever its provider.</summary>
    public const string TextKind = "text";

    // The length marks the boundary; a separator could occur in the values.
    public static SearchTerm Identifier(string provider, string id) =>
        Of(Normalised(provider), Normalised(id));

    private static SearchTerm Of(string provider, string id) => new(IdentifierKind, $"{provider.Length}:{provider}{id}");

    /// <summary>Maximum length of an indexed order reference. A longer one is recorded, but cannot be searched.</summary>
    public const int LongestReference = 1024;

    /// <summary>A UUID is the same in braces and without dashes.</summary>
    public static SearchTerm BrowserId(string browserId) =>
        new(BrowserIdKind, IsUuid(browserId, out var uuid) ? uuid.ToString() : Normalised(browserId));

    /// <summary>Whether a text can be a browser id, however it is written.</summary>
    public static bool IsBrowserId(string text) => IsUuid(text, out _);

    private static bool IsUuid(string text, out Guid uuid) => Guid.TryParse(Normalised(text), out uuid);

    public static SearchTerm Line(string guest) => new(LineKind, guest);

    public static SearchTerm OrderReference(string reference) => new(OrderReferenceKind, Normalised(reference));

    public static SearchTerm Text(string text) => new(TextKind, Normalised(text));

    /// <summary>
    /// A value in the form in which it is searched: in lower case, without white space and invisible characters
    /// around it, in Unicode form C. Only the index uses this form; nothing is sent or shown in it.
    /// </summary>
    public static string Normalised(string value)
    {
        var plain = value.AsSpan();
        while (plain.Length > 0 && IsBlank(plain[0]))
            plain = plain[1..];
        while (plain.Length > 0 && IsBlank(plain[^1]))
            plain = plain[..^1];
        return ComposedText.Of(plain.ToString()).ToLowerInvariant();
    }

    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || char.IsControl(character)
        || char.GetUnicodeCategory(character) == UnicodeCategory.Format;
}
