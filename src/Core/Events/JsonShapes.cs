using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>Reads members of a request, and notes those of another JSON type than expected.</summary>
internal static class JsonShapes
{
    /// <summary>Whether a value is of a kind; if not, <c>wrong_type</c> is noted.</summary>
    public static bool Is(this JsonElement value, JsonValueKind kind, string path, Violations found)
    {
        if (value.ValueKind == kind)
            return true;
        found.WrongType(path, Name(kind), value.ValueKind);
        return false;
    }

    public static void WrongType(this Violations found, string path, string expected, JsonValueKind got)
        => found.Error("wrong_type", path, $"Expected {expected}; got {Name(got)}.");

    /// <summary>A string that has to be there and not be empty; null when a violation was noted.</summary>
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
            found.Error("missing_attribute", at, "Expected a string; it is absent.");
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
