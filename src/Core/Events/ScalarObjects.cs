using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>The objects of scalars: <c>ext</c>, the extensions of orders, and <c>session_data</c>.</summary>
internal static class ScalarObjects
{
    private const string Scalar = "a string, a boolean or a number";

    /// <summary>
    /// Extension attributes. On this path nothing flattens objects or lists, so what the documentation rules
    /// out would reach no one. Source:
    /// https://doc.sitecore.com/personalize/en/developers/api/send-additional-event-data.html
    /// </summary>
    /// <param name="body">The event.</param>
    /// <param name="limit">How many attributes there may be.</param>
    /// <param name="sdk">
    /// The SDKs flatten what lies in each other into names with <c>_</c> and keep arrays: their traffic passes
    /// with warnings.
    /// </param>
    /// <param name="found">Where violations go.</param>
    /// <returns>The attributes, or null where there are none or they are no object.</returns>
    public static JsonElement? CheckExt(JsonElement body, int limit, bool sdk, Violations found)
    {
        const string path = "/event/ext";
        if (!body.TryGetProperty("ext"u8, out var ext) || !ext.Is(JsonValueKind.Object, path, found))
            return null;
        CheckCount(ext.GetPropertyCount(), limit, path, found);
        foreach (var attribute in ext.EnumerateObject())
        {
            if (found.Full)
                break;
            CheckAttribute(attribute, path, sdk, found);
        }

        return ext;
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
            if (attribute.Name is not ("name" or "key") && !IsScalar(attribute.Value))
                found.Error("invalid_ext_value", JsonPointer.To(path, attribute.Name), $"Expected {Scalar}.");
        }
    }

    /// <summary>
    /// Attributes of the upstream's session. Source:
    /// https://doc.sitecore.com/cdp/en/developers/10/api/session-data.html
    /// </summary>
    public static void CheckSessionAttributes(JsonElement body, Violations found)
    {
        const string path = "/event/session_data";
        if (!body.TryGetProperty("session_data"u8, out var attributes)
            || !attributes.Is(JsonValueKind.Object, path, found))
            return;
        foreach (var attribute in attributes.EnumerateObject())
        {
            if (found.Full)
                return;
            if (!IsScalar(attribute.Value))
                found.WrongType(JsonPointer.To(path, attribute.Name), Scalar, attribute.Value.ValueKind);
        }
    }

    private static void CheckAttribute(JsonProperty attribute, string path, bool sdk, Violations found)
    {
        var name = attribute.Name;
        if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit))
            found.Note(sdk, "invalid_ext_name", JsonPointer.To(path, name), "Expected a name of A-Z a-z 0-9.");
        if (!IsScalar(attribute.Value))
            found.Note(sdk && attribute.Value.ValueKind == JsonValueKind.Array, "invalid_ext_value",
                JsonPointer.To(path, name), $"Expected {Scalar}.");
    }

    private static void CheckCount(int count, int limit, string path, Violations found)
    {
        if (count > limit)
            found.Error("too_many_ext_attributes", path, $"Expected at most {limit} attributes; got {count}.");
    }

    private static void CheckFixed(JsonElement extension, string name, string value, string path, Violations found)
    {
        if (!extension.TryGetProperty(name, out var text))
            found.Missing(JsonPointer.To(path, name), $"\"{value}\"");
        else if (text.ValueKind != JsonValueKind.String || !text.ValueEquals(value))
            found.Error("invalid_value", JsonPointer.To(path, name), $"Expected \"{value}\".");
    }

    private static bool IsScalar(JsonElement value) => value.ValueKind
        is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}
