using System.Globalization;
using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>Reads members of a request, and reports unexpected JSON types.</summary>
internal static class JsonShapes
{
    /// <summary>Whether a value is of a kind; if not, <c>wrong_type</c> is reported.</summary>
    public static bool Is(this JsonElement value, JsonValueKind kind, string path, Violations found)
    {
        if (value.ValueKind == kind)
            return true;
        found.WrongType(path, Name(kind), value, kind);
        return false;
    }

    /// <param name="found">Where violations go.</param>
    /// <param name="path">Of the value.</param>
    /// <param name="expected">In words.</param>
    /// <param name="got">What came.</param>
    /// <param name="kind">What was expected, if it is one kind.</param>
    public static void WrongType(
        this Violations found, string path, string expected, JsonElement got, JsonValueKind? kind = null)
        => found.Error(EventCodes.WrongType, path, $"Expected {expected}; got {Name(got.ValueKind)}.{Advice(got, kind)}");

    /// <summary>A hint how to fix a value of another JSON type; empty if there is none.</summary>
    public static string Advice(JsonElement got, JsonValueKind? expected) => (expected, got.ValueKind) switch
    {
        (_, JsonValueKind.Null) => " Omit it if there is no value.",
        (JsonValueKind.String, JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) => " Write it in quotes.",
        (JsonValueKind.Number, JsonValueKind.String) when IsNumber(got) => " Write it without quotes.",
        (JsonValueKind.Array, JsonValueKind.Object) => " Write it as a list: [{…}].",
        (JsonValueKind.Array, JsonValueKind.String) => " Write it as a list: [\"…\"].",
        (JsonValueKind.Object, JsonValueKind.Array) when got.GetArrayLength() == 1 => " Leave out the brackets around it.",
        (JsonValueKind.Object, JsonValueKind.Array) => " Send an event for each item.",
        (JsonValueKind.Object, JsonValueKind.String) when got.GetString()!.TrimStart().StartsWith('{')
            => " Send the object itself, not its text.",
        _ => "",
    };

    private static bool IsNumber(JsonElement text) => double.TryParse(
        text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    /// <summary>A required string that must not be empty; null if there is an error.</summary>
    /// <param name="parent">The object.</param>
    /// <param name="name">Its member.</param>
    /// <param name="path">The path of the object.</param>
    /// <param name="emptyCode">The code for an empty string.</param>
    /// <param name="found">Where violations go.</param>
    public static string? RequiredText(
        this JsonElement parent, string name, string path, string emptyCode, Violations found)
    {
        var at = JsonPointer.To(path, name);
        if (!parent.TryGetProperty(name, out var value))
        {
            found.Error(EventCodes.MissingAttribute, at, "Expected a string; it is absent.");
            return null;
        }

        if (!value.Is(JsonValueKind.String, at, found))
            return null;
        if (value.GetString() is { Length: > 0 } text)
            return text;
        found.Error(emptyCode, at, "Expected a string that is not empty.");
        return null;
    }

    public static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
