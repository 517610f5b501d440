using System.Globalization;
using System.Text;
using System.Text.Json;
using GuestSessions.Core.Events;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Masks the upstream's answers about one event. The upstream's own words stay readable, since support has to act on them.
/// Personal values that it repeats from the request are masked, whatever it calls them.
/// </summary>
internal sealed class AnswerMask
{
    private const int JsonDepth = 64;

    /// <summary>Shorter values are not masked: too often they are the vendor's own words.</summary>
    private const int Shortest = 3;

    /// <summary>Shorter values are masked as whole words in their own case; others anywhere, in any case.</summary>
    private const int LongEnough = 6;

    private const string TextPrefix = "(text, ";

    private readonly List<(string Text, string Shown)> _sent = [];

    /// <param name="bodies">The event as it was received and as it was sent.</param>
    public AnswerMask(params IEnumerable<ReadOnlyMemory<byte>> bodies)
    {
        foreach (var body in bodies.Where(static body => !body.IsEmpty))
        {
            using var document = JsonDocument.Parse(body);
            BodyMask.Mask(document.RootElement, static text => text, Remember);
        }

        _sent = [.. _sent.Where(static value => value.Text.Length >= Shortest).Distinct()
            .OrderByDescending(static value => value.Text.Length)];
    }

    /// <summary>The whole answer, masked, if it is JSON; otherwise only its length.</summary>
    public string? Mask(string? answer)
    {
        if (answer is null)
            return null;
        using var document = StrictJson.Parse(Encoding.UTF8.GetBytes(answer), JsonDepth).Document;
        return document is { RootElement.ValueKind: JsonValueKind.Object or JsonValueKind.Array }
            ? BodyMask.Mask(document.RootElement, MaskText, personal: null).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{TextPrefix}{answer.Length} characters; not shown)");
    }

    /// <summary>Whether what is shown is only the length of the answer.</summary>
    public static bool IsLengthOnly(string shown) => shown.StartsWith(TextPrefix, StringComparison.Ordinal);

    private void Remember(string text, string shown)
    {
        _sent.Add((text, shown));
        var left = TextMask.Mask(text); // What the shapes leave of it.
        if (left != shown && left != Masking.Hidden)
            _sent.Add((left, shown));
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1)
            _sent.AddRange(words.Select(static word => (word, Masking.Mask(word))));
    }

    /// <summary>Shapes first: a sent value that is part of one, such as a name in an address, would destroy it.</summary>
    private string MaskText(string text)
    {
        text = TextMask.Mask(text);
        foreach (var (value, shown) in _sent)
            text = Replace(text, value, shown);
        return text;
    }

    private static string Replace(string text, string value, string shown)
    {
        var comparison = value.Length < LongEnough ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        for (var at = text.IndexOf(value, comparison); at >= 0;)
        {
            var end = at + value.Length;
            var replaced = value.Length >= LongEnough || IsWord(text, at, end) ? shown : value;
            text = $"{text[..at]}{replaced}{text[end..]}";
            at = text.IndexOf(value, at + replaced.Length, comparison);
        }

        return text;
    }

    private static bool IsWord(string text, int start, int end) =>
        (start == 0 || !char.IsLetterOrDigit(text[start - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));
}
