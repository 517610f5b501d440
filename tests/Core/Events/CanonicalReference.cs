using System.Text;
using System.Text.Json.Nodes;

namespace GuestSessions.Core.Tests.Events;

/// <summary>The canonical form of an envelope, written as simply as it is described.</summary>
internal static class CanonicalReference
{
    public static byte[] Of(JsonObject envelope)
    {
        var content = (JsonObject)envelope.DeepClone();
        content.Remove("guest");
        content.Remove("occurred_at");
        return Encoding.UTF8.GetBytes(Text(content));
    }

    private static string Text(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => $"{{{string.Join(',', InOrder(members).Select(member => $"{Quoted(member.Key)}:{Text(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Text))}]",
        JsonValue value when value.TryGetValue<string>(out var text) => Quoted(text),
        _ => node.ToJsonString(),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> InOrder(JsonObject members) => members.OrderBy(
        static member => Encoding.UTF8.GetBytes(member.Key),
        Comparer<byte[]>.Create(static (one, other) => one.AsSpan().SequenceCompareTo(other)));

    private static string Quoted(string text) => $"\"{string.Concat(text.Select(Escaped))}\"";

    private static string Escaped(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        < ' ' => $"\\u{(int)character:x4}",
        _ => character.ToString(),
    };
}
