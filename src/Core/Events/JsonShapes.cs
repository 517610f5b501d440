using System.Text;
using System.Text.Json;
using GuestSessions.Core.Events.Rules;

namespace GuestSessions.Core.Events;

/// <summary>Reads members of a request, and reports unexpected JSON types.</summary>
internal static class JsonShapes
{
    /// <summary>Whether a value is of a kind; if not, <c>wrong_type</c> is reported.</summary>
    /// <param name="value">What came.</param>
    /// <param name="kind">What was expected.</param>
    /// <param name="path">Of the value.</param>
    /// <param name="found">Where violations go.</param>
    /// <param name="example">An object that a text probably stands for.</param>
    /// <param name="isRequired">It has to be there, so that a null cannot be left out.</param>
    public static bool Is(this JsonElement value, JsonValueKind kind, Place path, Violations found,
        string? example = null, bool isRequired = false)
    {
        if (value.ValueKind == kind)
            return true;
        if (isRequired && value.ValueKind == JsonValueKind.Null)
            found.Null(path.ToString(), Name(kind));
        else
            found.WrongType(path.ToString(), Name(kind), value, kind, example);
        return false;
    }

    /// <param name="found">Where violations go.</param>
    /// <param name="path">Of the value.</param>
    /// <param name="expected">In words.</param>
    /// <param name="got">What came.</param>
    /// <param name="kind">What was expected, if it is one kind.</param>
    /// <param name="example">An object that a text probably stands for.</param>
    public static void WrongType(
        this Violations found, string path, string expected, JsonElement got, JsonValueKind? kind = null,
        string? example = null)
        => found.Error(EventCodes.WrongType, path,
            $"Expected {expected}; got {Name(got.ValueKind)}.{Advice(got, kind, example)}");

    /// <summary>A hint how to fix a value of another JSON type; empty if there is none.</summary>
    /// <param name="got">What came.</param>
    /// <param name="expected">What was expected, if it is one kind.</param>
    /// <param name="example">An object that a text probably stands for; null where texts are meant.</param>
    public static string Advice(JsonElement got, JsonValueKind? expected, string? example = null)
    {
        return (expected, got.ValueKind) switch
        {
            (_, JsonValueKind.Null) => " Omit it if there is no value.",
            (JsonValueKind.String, JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) => " Write it in quotes.",
            (JsonValueKind.Number, JsonValueKind.String) when IsNumber(got) => " Write it without quotes.",
            (JsonValueKind.Array, JsonValueKind.Object) => " Write it as a list: [{…}].",
            (JsonValueKind.Array, JsonValueKind.String) when BeginsWith(got, '[') => " Send the list itself, not its text.",
            (JsonValueKind.Array or JsonValueKind.Object, JsonValueKind.String) when BeginsWith(got, '{')
                => " Send the object itself, not its text.",
            (JsonValueKind.Array, JsonValueKind.String) => $" Write it as a list: [{example ?? "\"…\""}].",
            (JsonValueKind.Object, JsonValueKind.String) when example is not (null or AttributeRule.AnyObject)
                => $" Write it as an object: {example}.",
            (JsonValueKind.Object, JsonValueKind.Array) when got.EnumerateArray().Any(static item
                => item.ValueKind != JsonValueKind.Object) => "",
            (JsonValueKind.Object, JsonValueKind.Array) when got.GetArrayLength() == 1 => " Leave out the brackets around it.",
            (JsonValueKind.Object, JsonValueKind.Array) => " Send an event for each item.",
            _ => "",
        };
    }

    private static bool BeginsWith(JsonElement text, char first) => text.GetString()!.TrimStart().StartsWith(first);

    /// <summary>Whether a text is a number also where its quotes are gone: <c>+5</c> and <c>.5</c> are not.</summary>
    private static bool IsNumber(JsonElement text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text.GetString()!));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number
                && NumberRange.Holds(reader.ValueSpan) && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A required string that must not be empty; null if there is an error.</summary>
    /// <param name="value">The member, which is there.</param>
    /// <param name="name">Its name.</param>
    /// <param name="parent">The place of its object.</param>
    /// <param name="emptyCode">The code for an empty string.</param>
    /// <param name="found">Where violations go.</param>
    public static string? RequiredText(
        this JsonElement value, string name, Place parent, string emptyCode, Violations found)
    {
        if (value.ValueKind != JsonValueKind.String)
            value.Is(JsonValueKind.String, parent.Then(name), found, isRequired: true);
        else if (value.GetString() is { Length: > 0 } text)
            return text;
        else
            found.Error(emptyCode, parent.Then(name), "Expected a string that is not empty.");
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
