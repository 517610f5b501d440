using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>The objects of scalars: <c>ext</c>, the extensions of orders, and <c>session_data</c>.</summary>
internal static class ScalarObjects
{
    private const string Scalar = "a string, a boolean or a number";

    private static readonly SearchValues<byte> Alphanumeric =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    /// <summary>
    /// Extension attributes. The documentation allows alphanumeric names and scalars; the upstream also accepts the
    /// names with <c>_</c> and the lists of its own SDKs. Objects are not flattened here, so they would be lost.
    /// Source:
    /// https://doc.sitecore.com/personalize/en/developers/api/send-additional-event-data.html
    /// </summary>
    /// <param name="body">The event.</param>
    /// <param name="limit">Maximum number of attributes.</param>
    /// <param name="found">Where violations go.</param>
    /// <param name="isRequired">The event has to have some.</param>
    /// <returns>The attributes; null if there are none or they are no object.</returns>
    public static JsonElement? CheckExt(JsonElement body, int limit, Violations found, bool isRequired)
    {
        const string path = "/event/ext";
        if (!body.TryGetProperty("ext"u8, out var ext))
            return null;
        if (!ext.Is(JsonValueKind.Object, path, found, isRequired: isRequired))
        {
            CheckEnclosed(ext, limit, path, found);
            return null;
        }

        if (!found.Full)
            CheckAttributes(ext, limit, path, found);
        return ext;
    }

    private static void CheckEnclosed(JsonElement ext, int limit, string path, Violations found)
        => EnclosedObjects.Check(ext, path, found, (inner, at) => CheckAttributes(inner, limit, at, found));

    private static void CheckAttributes(JsonElement ext, int limit, string path, Violations found)
    {
        CheckCount(ext.GetPropertyCount(), limit, path, found);
        foreach (var attribute in ext.EnumerateObject())
        {
            if (found.Full)
                return;
            CheckAttribute(attribute, path, found);
        }
    }

    /// <summary>One extension of an order or of an item of it. Source: the page of ORDER_CHECKOUT.</summary>
    public static void CheckExtension(JsonElement extension, string path, int limit, Violations found)
    {
        const int ownMembers = 2;
        CheckCount(extension.GetPropertyCount() - ownMembers, limit, path, found);
        CheckFixed(extension, "name", "ext", path, found);
        CheckFixed(extension, "key", "default", path, found);
        foreach (var attribute in extension.EnumerateObject())
        {
            if (found.Full)
                return;
            if (!IsScalar(attribute.Value) && attribute.Name is not ("name" or "key"))
                NotScalar(attribute, JsonPointer.To(path, attribute.Name), found);
        }
    }

    /// <summary>
    /// Attributes of the upstream's session. Source:
    /// https://doc.sitecore.com/cdp/en/developers/10/api/session-data.html
    /// </summary>
    public static void CheckSessionAttributes(JsonElement body, Violations found)
    {
        const string path = "/event/session_data";
        if (!body.TryGetProperty("session_data"u8, out var attributes))
            return;
        attributes.Is(JsonValueKind.Object, path, found);
        CheckEnclosedScalars(attributes, path, found);
    }

    private static void CheckEnclosedScalars(JsonElement attributes, string path, Violations found)
        => EnclosedObjects.Check(attributes, path, found, (inner, at) => CheckScalars(inner, at, found));

    private static void CheckScalars(JsonElement attributes, string path, Violations found)
    {
        foreach (var attribute in attributes.EnumerateObject())
        {
            if (found.Full)
                return;
            if (!IsScalar(attribute.Value))
                found.WrongType(JsonPointer.To(path, attribute.Name), Scalar, attribute.Value);
        }
    }

    private static void CheckAttribute(JsonProperty attribute, string path, Violations found)
    {
        if (IsScalar(attribute.Value) && IsPlain(JsonMarshal.GetRawUtf8PropertyName(attribute)))
            return;
        var name = attribute.Name;
        var at = JsonPointer.To(path, name);
        if (CleanText.IsInvisible(name))
            found.Error(EventCodes.InvalidExtName, at, "Expected a name of A-Z a-z 0-9; got none.");
        else if (!name.All(char.IsAsciiLetterOrDigit))
            found.Warn(EventCodes.ExtNameUnusual, at, "The vendor documents names of A-Z a-z 0-9 only."
                + (Spelling.CamelCase(name) is { Length: > 0 } camel ? $" Write it as {camel} where you can." : ""));

        if (attribute.Value.ValueKind == JsonValueKind.Array)
            found.Warn(EventCodes.ExtList, at, $"The vendor documents {Scalar} only; its own SDKs send lists.");
        else if (!IsScalar(attribute.Value))
            NotScalar(attribute, at, found);
    }

    private static void NotScalar(JsonProperty attribute, string path, Violations found)
    {
        var advice = attribute.Value.ValueKind == JsonValueKind.Object
            ? Flattened(attribute.Name, attribute.Value)
            : JsonShapes.Advice(attribute.Value, null);
        found.Error(
            EventCodes.InvalidExtValue, path,
            $"Expected {Scalar}; got {JsonShapes.Name(attribute.Value.ValueKind)}.{advice}");
    }

    /// <summary>The names that an object's members would have as attributes of their own.</summary>
    private static string Flattened(string name, JsonElement value)
    {
        const int shown = 3;
        string[] names = [.. value.EnumerateObject().Take(shown)
            .Select(member => Spelling.CamelCase(name, member.Name)).Where(static flat => flat.Length > 0)];
        return names.Length == 0 ? "" : $" Write its members as attributes of their own: {string.Join(", ", names)}"
            + (value.GetPropertyCount() > shown ? ", …" : ".");
    }

    private static void CheckCount(int count, int limit, string path, Violations found)
    {
        if (count > limit)
            found.Error(EventCodes.TooManyExtAttributes, path, $"Expected at most {limit} attributes; got {count}.");
    }

    private static void CheckFixed(JsonElement extension, string name, string value, string path, Violations found)
    {
        if (!extension.TryGetProperty(name, out var text))
            found.Missing(JsonPointer.To(path, name), $"\"{value}\"");
        else if (text.ValueKind != JsonValueKind.String || !text.ValueEquals(value))
            found.Error(EventCodes.InvalidValue, JsonPointer.To(path, name), $"Expected \"{value}\".");
    }

    private static bool IsPlain(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAnyExcept(Alphanumeric);

    private static bool IsScalar(JsonElement value) => value.ValueKind
        is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}
