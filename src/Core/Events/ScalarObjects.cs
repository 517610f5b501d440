using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>The two attributes that are objects of scalars: <c>ext</c> and <c>session_data</c>.</summary>
internal static class ScalarObjects
{
    private const string Scalar = "a string, a boolean or a number";

    /// <summary>
    /// Extension attributes. SDKs emit underscores and arrays too, but on this path nothing flattens objects,
    /// so what the documentation rules out would reach no one. Source:
    /// https://doc.sitecore.com/personalize/en/developers/api/send-additional-event-data.html
    /// </summary>
    public static void CheckExt(JsonElement body, int limit, Violations found)
    {
        const string path = "/event/ext";
        if (!body.TryGetProperty("ext"u8, out var ext) || !ext.Is(JsonValueKind.Object, path, found))
            return;
        var count = ext.GetPropertyCount();
        if (count > limit)
            found.Error("too_many_ext_attributes", path,
                $"Expected at most {limit} attributes; got {count}.");

        foreach (var attribute in ext.EnumerateObject())
        {
            if (found.Full)
                return;
            var name = attribute.Name;
            if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit))
                found.Error("invalid_ext_name", JsonPointer.To(path, name),
                    "Expected a name of A-Z a-z 0-9.");
            if (!IsScalar(attribute.Value))
                found.Error("invalid_ext_value", JsonPointer.To(path, name), $"Expected {Scalar}.");
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

    private static bool IsScalar(JsonElement value) => value.ValueKind
        is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}
