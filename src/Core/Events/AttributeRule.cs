using System.Text;

namespace GuestSessions.Core.Events;

/// <summary>What the Stream API expects of one attribute that is a string.</summary>
/// <param name="Name">The wire name.</param>
/// <param name="Code">The code of a violation, where the value is a string of the wrong form.</param>
/// <param name="Expected">The form in words; completes "Expected …".</param>
/// <param name="Accepts">Whether a string has the form.</param>
/// <param name="Source">Where the rule comes from.</param>
/// <param name="Shown">The value is never personal, so that a violation may repeat it.</param>
/// <param name="UpperCase">All values are upper case; a violation proposes the right spelling.</param>
public sealed record AttributeRule(
    string Name, string Code, string Expected, Func<string, bool> Accepts, string Source,
    bool Shown = false, bool UpperCase = false)
{
    private const int LongestShown = 64;

    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>Says what was expected and what came.</summary>
    internal string Refuse(string value)
    {
        if (value.Length == 0)
            return $"Expected {Expected}; got an empty string.";
        if (!Shown)
            return $"Expected {Expected}; got a string of another form.";

        var upper = value.ToUpperInvariant();
        var advice = UpperCase && Accepts(upper) ? $" Write it as \"{upper}\"." : "";
        return $"Expected {Expected}; got \"{Cut(value)}\".{advice}";
    }

    internal static string Cut(string value)
    {
        if (value.Length <= LongestShown)
            return value;
        var end = char.IsHighSurrogate(value[LongestShown - 1]) ? LongestShown - 1 : LongestShown;
        return value[..end] + "…";
    }
}
