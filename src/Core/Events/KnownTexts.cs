using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// Texts that many events have, each as one object: a value that equals one of them needs no string of its own, and waiting
/// events share it.
/// </summary>
internal sealed class KnownTexts
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<byte>> _texts;

    public KnownTexts(params IEnumerable<string> texts)
    {
        // A text is compared as it stands in JSON, where a backslash begins an escape.
        var known = texts.Where(static text => Ascii.IsValid(text) && !text.Contains('\\'));
        _texts = new HashSet<string>(known, new ByUtf8()).GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The known text that a string equals; null if it equals none, or is written with escapes.</summary>
    public string? Find(JsonElement value)
        => _texts.TryGetValue(JsonMarshal.GetRawUtf8Value(value)[1..^1], out var known) ? known : null;

    private sealed class ByUtf8 : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

        public bool Equals(ReadOnlySpan<byte> text, string other) => Ascii.Equals(text, other);

        public int GetHashCode(string text) => GetHashCode(Encoding.UTF8.GetBytes(text));

        public int GetHashCode(ReadOnlySpan<byte> text)
        {
            var hash = new HashCode();
            hash.AddBytes(text);
            return hash.ToHashCode();
        }

        public string Create(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);
    }
}
