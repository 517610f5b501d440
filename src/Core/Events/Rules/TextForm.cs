using System.Text;

namespace GuestSessions.Core.Events.Rules;

/// <summary>Whether a text has a form. The text is UTF-8, its escapes resolved.</summary>
public delegate bool Utf8Test(ReadOnlySpan<byte> text);

/// <summary>The form that the text of an attribute must have.</summary>
/// <param name="Code">The code of a violation.</param>
/// <param name="Expected">The form in words; completes "Expected …".</param>
/// <param name="Accepts">Whether a text has the form.</param>
public sealed record TextForm(string Code, string Expected, Utf8Test Accepts)
{
    /// <summary>Maximum length of a name: of types, channels, items, orders. The upstream publishes no limit.</summary>
    public const int LongestName = 256;

    private const int LongestShown = 64;

    /// <summary>The value is never personal, so messages may repeat it.</summary>
    public bool Shown { get; init; }

    /// <summary>A correct value is never personal, so messages may repeat the value that is sent, but not the one that came.</summary>
    public bool ShownAsSent { get; init; }

    /// <summary>The form is advice: another text passes with a warning.</summary>
    public bool Advised { get; init; }

    /// <summary>Where <see cref="Advised"/>: an empty text passes with a warning too.</summary>
    public bool AcceptsEmpty { get; init; }

    /// <summary>
    /// Machines compare it, so invisible characters in it are removed, see <see cref="CleanText"/>.
    /// </summary>
    public bool IsCode { get; init; }

    /// <summary>Maximum length; a longer text is rejected from any sender.</summary>
    public int Longest { get; init; } = int.MaxValue;

    /// <summary>
    /// Corrects a text of another form if its meaning is certain; otherwise null. The corrected text is sent, and the
    /// caller gets a warning.
    /// </summary>
    public Func<string, string?> Fix { get; init; } = static _ => null;

    /// <summary>The possible values; empty if they cannot be listed.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public bool IsMatch(string text) => Accepts(Encoding.UTF8.GetBytes(text));

    /// <summary>The text; a code without blanks around it and without invisible characters.</summary>
    public string Trimmed(string text) => IsCode ? CleanText.Of(text) : text;

    /// <summary>The corrected text; null if the text is correct already or cannot be corrected.</summary>
    public string? Corrected(string text)
    {
        var clean = Trimmed(text);
        if (Fix(clean) is { } corrected && corrected != text && IsMatch(corrected))
            return corrected;
        return clean != text && IsMatch(clean) ? clean : null;
    }

    /// <summary>Says what was expected and what came.</summary>
    internal string Say(string text)
    {
        if (text.Length == 0)
            return $"Expected {Expected}; got an empty string.";
        if (CleanText.IsInvisible(text))
            return $"Expected {Expected}; got only blanks and invisible characters.";
        return Shown
            ? $"Expected {Expected}; got \"{Cut(text)}\"."
            : $"Expected {Expected}; got a string of another form.";
    }

    /// <summary>Says what is sent instead.</summary>
    internal string DescribeFix(string text, string corrected) => Shown
        ? $"Expected {Expected}; \"{Cut(text)}\" is sent as \"{corrected}\"."
        : $"Expected {Expected}; it is sent " + (ShownAsSent ? $"as \"{Cut(corrected)}\"." : "in that form.");

    /// <summary>Says that only blanks and invisible characters are removed.</summary>
    internal string DescribeTrim(string trimmed) => "It is sent without blanks around it and without invisible characters"
        + (Shown || ShownAsSent ? $": \"{Cut(trimmed)}\"." : ".");

    internal static string Cut(string text)
    {
        if (text.Length <= LongestShown)
            return text;
        var end = char.IsHighSurrogate(text[LongestShown - 1]) ? LongestShown - 1 : LongestShown;
        return text[..end] + "…";
    }
}
