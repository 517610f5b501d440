using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GuestSessions.Api.Guests;

/// <summary>Names of attributes whose values tell who or where a person is, or are secret.</summary>
/// <remarks>
/// These are the attributes of IDENTITY, ADD_CONTACTS and ADD_CONSUMERS, and names that apps build with them, such as
/// <c>billing_address</c> or <c>homePhone</c>, in any casing and with any separator. Title, gender, state and country do not
/// identify a person by themselves; nor does a <c>name</c>, which more often is a product's.
/// </remarks>
internal static partial class PersonalName
{
    private const int LongestNameOfValue = 64;
    private const int LongSecret = 16;
    private const int LongNumber = 9;
    private const int DigitsOfPerson = 5;

    /// <summary>Letters with accents, and the letters that people write in their place.</summary>
    private const string Accented = "àáâãåăąāäçćčèéêëęěēğìíîïīıłñńňòóôõőöøřśşšßţťùúûüűůūýÿžźżđ";
    private const string Unaccented = "aaaaaaaaaccceeeeeeegiiiiiilnnnooooooorssssttuuuuuuuyyzzzd";

    /// <summary>One value asks several questions about its name.</summary>
    [ThreadStatic]
    private static Spelling? _latest;

    /// <summary>Whether a value under this name is about a person, or secret.</summary>
    public static bool Is(string name) => Of(name) is { IsSecret: true } or { IsPersonal: true };

    /// <summary>The same, also for names that are personal or secret only with such a value.</summary>
    public static bool Is(string name, string value) => Is(name) || IsByValue(Of(name), value);

    /// <summary>Whether a value under this name must not be shown at all.</summary>
    public static bool IsSecret(string name) => Of(name).IsSecret;

    /// <summary>The same, also for names that are secret only with such a value.</summary>
    public static bool IsSecret(string name, string value) =>
        IsSecret(name) || (Of(name).IsIn(SecretsByValue) && IsOpaque(value));

    /// <summary>The same for a parameter in the query of a URL.</summary>
    public static bool IsSecretInQuery(string name, string value) =>
        IsSecret(name, value) || QuerySecrets.Contains(Plain(name));

    /// <summary>The same where the name is a word of a text.</summary>
    public static bool IsSecretInProse(string name, string value) =>
        IsSecret(name, value) && (!WordsOfProse.Contains(Plain(name)) || IsOpaque(value));

    /// <summary>Whether the value decides.</summary>
    public static bool DependsOnValue(string name) =>
        Of(name).IsIn(SecretsByValue) || Of(name).IsIn(NumbersByValue) || Of(name).IsIn(Positions);

    /// <summary>Whether a text, such as the label of a field, is the name of a personal value.</summary>
    public static bool IsNameOfValue(string text) => text.Length is > 0 and <= LongestNameOfValue
        && (text.Any(char.IsWhiteSpace) ? Words.Contains(Plain(text)) || Secrets.Contains(Plain(text)) : Is(text));

    /// <summary>Whether the <c>name</c> of one in this role, or of several, is a person's.</summary>
    public static bool IsRole(string name) => Roles.Contains(Plain(name).TrimEnd('s'));

    /// <summary>The form in which names are compared: letters and digits, in lower case, without digits at the end.</summary>
    public static string Plain(string name) => Of(name).Plain;

    private static Spelling Of(string name) =>
        _latest is { } latest && latest.Name == name ? latest : _latest = new Spelling(name);

    private static bool IsByValue(Spelling spelling, string value) =>
        (spelling.IsIn(SecretsByValue) && IsOpaque(value))
        || (spelling.IsIn(NumbersByValue) && value.Count(char.IsDigit) >= DigitsOfPerson)
        || (spelling.IsIn(Positions) && Coordinates().IsMatch(value));

    /// <summary>Whether it looks like a key: no word, and no small number.</summary>
    private static bool IsOpaque(string value) => !value.Any(char.IsWhiteSpace)
        && (value.Length >= LongSecret || value.Count(char.IsDigit) >= LongNumber
            || (value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter)));

    private static string WithoutNumber(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    /// <summary>Without accents, and without characters that are not seen.</summary>
    private static string Folded(string name)
    {
        if (!DecodedText.HasUnusual(name))
            return name;
        var folded = new StringBuilder(name.Length);
        foreach (var character in DecodedText.Plain(name))
        {
            var at = Accented.IndexOf(char.ToLowerInvariant(character), StringComparison.Ordinal);
            if (at >= 0)
                folded.Append(char.IsUpper(character) ? char.ToUpperInvariant(Unaccented[at]) : Unaccented[at]);
            else if (char.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
                folded.Append(character);
        }

        return folded.ToString();
    }

    /// <summary>A name, its words, and what follows from them.</summary>
    private sealed class Spelling
    {
        private readonly List<string> _parts;

        public Spelling(string name)
        {
            var folded = Folded(name);
            Name = name;
            Plain = WithoutNumber(string.Concat(folded.Where(char.IsLetterOrDigit)).ToLowerInvariant());
            _parts = [.. Boundary().Split(folded).Where(static part => part.Length > 0)
                .Select(static part => WithoutNumber(part.ToLowerInvariant()))
                .Select(static part => Abbreviations.GetValueOrDefault(part, part))];
            IsSecret = WholeSecrets.Contains(Plain) || Has(Secrets) || Plain.EndsWith("token", StringComparison.Ordinal)
                || SecretsWithin.Any(part => Plain.Contains(part, StringComparison.Ordinal));
            IsPersonal = Whole.Contains(Plain) || Has(Words) || IsNameOfRole() || (_parts.Count > 1 && _parts[^1] == "ip")
                || Within.Any(part => Plain.Contains(part, StringComparison.Ordinal))
                || Ends.Any(end => Plain.EndsWith(end, StringComparison.Ordinal));
        }

        public string Name { get; }

        public string Plain { get; }

        public bool IsSecret { get; }

        public bool IsPersonal { get; }

        private IEnumerable<string> Pairs => _parts.Zip(_parts.Skip(1), string.Concat);

        /// <summary>Whether the name, or its last word, is one of these.</summary>
        public bool IsIn(FrozenSet<string> words) => words.Contains(Plain) || (_parts.Count > 0 && words.Contains(_parts[^1]));

        private bool Has(FrozenSet<string> words) => words.Contains(Plain) || _parts.Any(words.Contains)
            || Pairs.Any(words.Contains) || Pairs.Zip(_parts.Skip(2), string.Concat).Any(words.Contains);

        /// <summary>Such as <c>buyerName</c>, <c>payername</c> and <c>nameOfBuyer</c>.</summary>
        private bool IsNameOfRole() =>
            (Plain.EndsWith("name", StringComparison.Ordinal) && Roles.Contains(Plain[..^4]))
            || (Plain.StartsWith("nameof", StringComparison.Ordinal) && Roles.Contains(Plain[6..]))
            || Pairs.Zip(_parts.Skip(2)).Any(static three => three.Second == "name" && Roles.Contains(three.First))
            || _parts.Zip(_parts.Skip(1)).Any(static two => two.Second == "name" && Roles.Contains(two.First));
    }

    [GeneratedRegex("[^\\p{L}\\p{Nd}]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();

    /// <summary>Two numbers with decimals or degrees, in any order, such as <c>geo:53.3498,-6.2603</c>.</summary>
    [GeneratedRegex(
        @"^\s{0,4}(?:geo:|POINT\s{0,2})?[\[({]?\s{0,4}"
        + @"[NSEW]?\s?[-+]?[0-9]{1,3}(?:\.[0-9]{2,20}|[°º][^,;NSEW]{0,24})[°º]?\s?[NSEW]?"
        + @"[\s,;/|+]{1,4}[NSEW]?\s?[-+]?[0-9]{1,3}(?:\.[0-9]{2,20}|[°º])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Coordinates();
}
