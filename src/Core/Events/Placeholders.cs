using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace GuestSessions.Core.Events;

/// <summary>
/// Finds what callers write where they know nobody, whatever stands around it: brackets, quotes, marks of templates and
/// variables, capitals and full-width letters make no difference. A text whose every part says that there is no value
/// (<c>undefined@undefined</c>, <c>null null</c>) is one too.
/// </summary>
/// <param name="words">The placeholders.</param>
internal sealed class Placeholders(IReadOnlyCollection<string> words)
{
    /// <summary>How languages print the absence of a value.</summary>
    public static IReadOnlyList<string> NoValue { get; } =
    [
        "undefined", "null", "none", "nil", "nan", "na", "n.a.", "void", "empty", "true", "false", "0", "-1",
        "00000000-0000-0000-0000-000000000000", "00000000000000000000000000000000",
    ];

    /// <summary>How apps call someone they do not know.</summary>
    public static IReadOnlyList<string> Nobody { get; } =
    [
        "guest", "anonymous", "anonymous_user", "anonymous-user", "anonymoususer", "anon", "visitor",
        "unknown", "unidentified", "unauthenticated", "not_authenticated", "not-authenticated", "nobody", "default",
    ];

    /// <summary>A variable's name where its value was meant.</summary>
    public static IReadOnlyList<string> Variables { get; } =
    [
        "id", "user", "user_id", "userid", "guest_id", "guestid", "customer_id", "customerid", "distinct_id",
        "distinctid", "email",
    ];

    /// <summary>What reports, spreadsheets and tag managers print.</summary>
    public static IReadOnlyList<string> Reports { get; } =
    [
        "n/a", "n.a", "#n/a", "not set", "not_set", "notset", "not available", "not_available", "not provided",
        "not applicable", "no value", "missing", "blank", "unset", "object object",
    ];

    private const int LongestOnStack = 128;

    private const string Decoration = "()[]<>{}\"'%$# ";

    private static readonly SearchValues<char> BetweenWords = SearchValues.Create("@ ,;|");
    private static readonly SearchValues<char> WithinWords = SearchValues.Create("@ ,;|/.:_-");
    private static readonly ConditionalWeakTable<IReadOnlyCollection<string>, Placeholders> Known = [];

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _whole = Lookup(words);

    // user@email.id may be somebody's address, and guest-0 a guest: names of variables and numbers count as a whole only.
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _parts = Lookup(
        words.Except(Variables, StringComparer.OrdinalIgnoreCase).Where(static word => word.Any(char.IsLetter)));

    /// <summary>Those of a list that does not change.</summary>
    public static Placeholders Of(IReadOnlyCollection<string> words) =>
        Known.GetValue(words, static words => new Placeholders(words));

    /// <summary>Whether a text is one of them.</summary>
    public bool Include(string text)
    {
        Span<char> buffer = text.Length <= LongestOnStack ? stackalloc char[LongestOnStack] : new char[text.Length];
        return _whole.Contains(Fold(text, buffer))
            || AllParts(text, BetweenWords, buffer) || AllParts(text, WithinWords, buffer);
    }

    private bool AllParts(ReadOnlySpan<char> text, SearchValues<char> separators, Span<char> buffer)
    {
        var parts = 0;
        foreach (var range in text.SplitAny(separators))
        {
            var part = text[range].Trim();
            if (part.IsEmpty)
                continue;
            if (!_parts.Contains(Fold(part, buffer)))
                return false;
            parts++;
        }

        return parts > 1;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(IEnumerable<string> words) => words
        .Select(static word => Fold(word, new char[word.Length]).ToString())
        .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Numbers stay what they are: 1 is not -1.</summary>
    private static ReadOnlySpan<char> Fold(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var folded = buffer[..Spelling.Fold(text, buffer)];
        return folded.ContainsAnyExceptInRange('0', '9') ? folded : text.Trim(Decoration);
    }
}
