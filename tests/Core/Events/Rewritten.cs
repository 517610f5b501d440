using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GuestSessions.Core.Tests.Events;

/// <summary>
/// The same JSON value in other words: members shuffled, white space strewn, characters escaped by chance.
/// </summary>
internal sealed class Rewritten(Random chance)
{
    private readonly StringBuilder _text = new();

    public static string From(JsonNode value, int seed)
    {
        var rewritten = new Rewritten(new Random(seed));
        rewritten.Value(value);
        return rewritten._text.ToString();
    }

    private void Value(JsonNode? node)
    {
        Space();
        switch (node)
        {
            case JsonObject members:
                var shuffled = members.ToArray();
                chance.Shuffle(shuffled);
                Sequence('{', '}', shuffled, member =>
                {
                    Text(member.Key);
                    Space();
                    _text.Append(':');
                    Value(member.Value);
                });
                break;
            case JsonArray items:
                Sequence('[', ']', [.. items], Value);
                break;
            case JsonValue value when value.TryGetValue<string>(out var text):
                Text(text);
                break;
            default:
                _text.Append(node?.ToJsonString() ?? "null");
                break;
        }

        Space();
    }

    private void Sequence<T>(char open, char close, T[] items, Action<T> write)
    {
        _text.Append(open);
        for (var i = 0; i < items.Length; i++)
        {
            _text.Append(i > 0 ? "," : "");
            Space();
            write(items[i]);
        }

        Space();
        _text.Append(close);
    }

    private void Text(string text)
    {
        _text.Append('"');
        var escapePairs = chance.Next(2) == 0;
        foreach (var character in text)
        {
            var escape = char.IsSurrogate(character)
                ? escapePairs
                : character < ' ' || character is '"' or '\\' || chance.Next(3) == 0;
            if (escape)
                _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                _text.Append(character);
        }

        _text.Append('"');
    }

    private void Space() => _text.Append(chance.Next(4) switch { 0 => " ", 1 => "\r\n\t", _ => "" });
}
