using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// Values that are sent differently from how they came. A member of the defaults whose name is a JSON Pointer
/// replaces a value inside the event: <c>{"/channel":"WEB"}</c>. A pointer that ends in <c>/-</c> appends the items
/// of its array to an array. The event as received is never changed; every other byte of it is sent as it came.
/// </summary>
internal static class Amendments
{
    private const string Append = "/-";

    /// <summary>Whether there are any. Names of attributes do not begin with a slash.</summary>
    public static bool AreIn(Utf8Json defaults) => defaults.Bytes.Span.IndexOf("\"/"u8) >= 0;

    /// <summary>The event as it is sent, without the members that defaults add.</summary>
    public static Utf8Json Read(Utf8Json body, Utf8Json? defaults)
        => defaults is { } changes && AreIn(changes) ? Apply(body, changes) : body;

    /// <summary>The event with its amendments.</summary>
    public static Utf8Json Apply(Utf8Json body, Utf8Json defaults)
    {
        using var original = JsonDocument.Parse(body.Bytes);
        using var changes = JsonDocument.Parse(defaults.Bytes);
        var edits = new List<Edit>();
        foreach (var change in changes.RootElement.EnumerateObject())
        {
            if (change.Name.StartsWith('/'))
                edits.Add(EditOf(body.Bytes.Span, original.RootElement, change.Name, change.Value));
        }

        edits.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        var output = new ArrayBufferWriter<byte>(body.Length + defaults.Length);
        var at = 0;
        foreach (var edit in edits)
        {
            output.Write(body.Bytes.Span[at..edit.Start]);
            output.Write(edit.Text.Span);
            at = edit.Start + edit.Length;
        }

        output.Write(body.Bytes.Span[at..]);
        return new Utf8Json(output.WrittenMemory);
    }

    private static Edit EditOf(ReadOnlySpan<byte> body, JsonElement root, string pointer, JsonElement value)
    {
        var text = JsonMarshal.GetRawUtf8Value(value).ToArray();
        if (!pointer.EndsWith(Append, StringComparison.Ordinal))
        {
            var (start, length) = Place(body, Find(root, pointer));
            return new Edit(start, length, text);
        }

        // Inserts the items before the closing bracket, without their own brackets.
        var list = Find(root, pointer[..^Append.Length]);
        var (from, size) = Place(body, list);
        var items = text[1..^1];
        return new Edit(from + size - 1, 0, list.GetArrayLength() == 0 ? items : [(byte)',', .. items]);
    }

    private static (int Start, int Length) Place(ReadOnlySpan<byte> body, JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return body.Overlaps(raw, out var start)
            ? (start, raw.Length)
            : throw new UnreachableException("A document refers to the bytes it was parsed from.");
    }

    private static JsonElement Find(JsonElement root, string pointer)
    {
        var found = root;
        foreach (var segment in pointer.Split('/')[1..])
        {
            found = found.ValueKind == JsonValueKind.Array
                ? found[int.Parse(segment, CultureInfo.InvariantCulture)]
                : found.GetProperty(JsonPointer.Unescape(segment));
        }

        return found;
    }

    private readonly record struct Edit(int Start, int Length, ReadOnlyMemory<byte> Text);
}
