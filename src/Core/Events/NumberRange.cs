using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// Finds numbers outside the range of a double, anywhere in an event. They would arrive as infinity, as zero or not
/// at all.
/// </summary>
internal static class NumberRange
{
    private const int ShortestHuge = 4; // 1e99 is fine, and so is every shorter one
    private const int FewestDigits = 300; // without an exponent, a number outside the range has more
    private const int Stretch = 8; // of digits, by which a long number is noticed

    public static void Check(JsonElement body, string path, Violations found)
    {
        var json = JsonMarshal.GetRawUtf8Value(body);
        if (CanHaveHuge(json) && HasHuge(json))
            Walk(body, path, found);
    }

    /// <summary>Whether a double can hold a number: finite, and zero only if it is written as zero.</summary>
    public static bool Holds(ReadOnlySpan<byte> number)
    {
        if (number.Length < ShortestHuge)
            return true;
        if (!Utf8Parser.TryParse(number, out double value, out var read) || read != number.Length)
            return false;
        return double.IsFinite(value) && (value != 0 || !HasDigits(number));
    }

    /// <summary>
    /// Whether something in a text looks like a number that a double cannot hold: an exponent, or more digits than the range
    /// has. Reading every token is left to the few texts that have one.
    /// </summary>
    private static bool CanHaveHuge(ReadOnlySpan<byte> json)
    {
        for (var at = FewestDigits / 2; at + Stretch <= json.Length; at += FewestDigits / 2)
        {
            // From the point to the 9, the slash between them included.
            if (!json.Slice(at, Stretch).ContainsAnyExceptInRange((byte)'.', (byte)'9'))
                return true;
        }

        var rest = json;
        for (int exponent; (exponent = rest.IndexOfAny((byte)'e', (byte)'E')) >= 0; rest = rest[(exponent + 1)..])
        {
            if (exponent > 0 && char.IsAsciiDigit((char)rest[exponent - 1]))
                return true;
        }

        return false;
    }

    private static bool HasHuge(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number && !Holds(reader.ValueSpan))
                return true;
        }

        return false;
    }

    private static void Walk(JsonElement value, string path, Violations found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when !Holds(JsonMarshal.GetRawUtf8Value(value)):
                found.Fatal(EventCodes.InvalidValue, path,
                    "Expected a number in the range of a double; got one outside it.");
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                    Walk(item, JsonPointer.To(path, index++), found);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Walk(member.Value, JsonPointer.To(path, member.Name), found);
                break;
        }
    }

    private static bool HasDigits(ReadOnlySpan<byte> number)
    {
        var exponent = number.IndexOfAny((byte)'e', (byte)'E');
        return (exponent < 0 ? number : number[..exponent]).ContainsAnyInRange((byte)'1', (byte)'9');
    }
}
