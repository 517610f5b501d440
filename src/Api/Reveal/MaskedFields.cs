using System.Globalization;
using System.Text.Json;
using GuestSessions.Api.Guests;
using GuestSessions.Core.Events;

namespace GuestSessions.Api.Reveal;

/// <summary>A value that a body shows masked.</summary>
/// <param name="Path">Its JSON Pointer in the body.</param>
public sealed record MaskedField(string Path, string Shown);

/// <summary>Finds masked values in a body, and what they are without the mask.</summary>
internal static class MaskedFields
{
    private const string Answers = "/attempts/";

    /// <summary>The values that a masked body does not show as they are, in its order.</summary>
    public static IEnumerable<MaskedField> Of(JsonElement body) => Within(body, "");

    /// <summary>
    /// The value at a pointer into the masked body, in both bodies. They have the same shape; the masked one has masks in
    /// names of members, too, and those are what a caller knows.
    /// </summary>
    /// <returns>False where there is no single value, or the name is not unique.</returns>
    public static bool TryFind(JsonElement masked, JsonElement plain, string pointer, out JsonElement shown, out JsonElement value)
    {
        (shown, value) = (masked, plain);
        if (pointer.Length == 0 || pointer[0] != '/')
            return false;
        foreach (var segment in pointer[1..].Split('/'))
        {
            if (IndexOf(shown, JsonPointer.Unescape(segment)) is not { } index)
                return false;
            (shown, value) = (At(shown, index), At(value, index));
        }

        return shown.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
    }

    private static int? IndexOf(JsonElement within, string name)
    {
        if (within.ValueKind == JsonValueKind.Array)
            return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < within.GetArrayLength() ? index : null;
        if (within.ValueKind != JsonValueKind.Object)
            return null;
        int[] found = [.. within.EnumerateObject().Index()
            .Where(member => member.Item.NameEquals(name)).Select(static member => member.Index).Take(2)];
        return found is [var only] ? only : null;
    }

    private static JsonElement At(JsonElement within, int index) => within.ValueKind == JsonValueKind.Array
        ? within[index]
        : within.EnumerateObject().ElementAt(index).Value;

    private static IEnumerable<MaskedField> Within(JsonElement value, string pointer) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject()
            .SelectMany(member => Within(member.Value, JsonPointer.To(pointer, member.Name))),
        JsonValueKind.Array => value.EnumerateArray().Index()
            .SelectMany(element => Within(element.Item, JsonPointer.To(pointer, element.Index))),
        JsonValueKind.String when value.GetString() is { } text && IsMasked(text, pointer) => [new MaskedField(pointer, text)],
        _ => [],
    };

    private static bool IsMasked(string text, string pointer) =>
        text.Contains(Masking.Hidden, StringComparison.Ordinal)
        || (pointer.StartsWith(Answers, StringComparison.Ordinal) && AnswerMask.IsLengthOnly(text));
}
