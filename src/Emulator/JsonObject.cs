using System.Text.Json;

namespace GuestSessions.Emulator;

/// <summary>Reads untrusted JSON.</summary>
internal static class JsonObject
{
    /// <summary>The document; null if it is not a JSON object with valid text.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> json)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                RequireText(document.RootElement);
                return document;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string is no valid text, such as half a surrogate pair.
        }

        document?.Dispose();
        return null;
    }

    /// <summary>A member that is a non-empty string; otherwise null.</summary>
    public static string? TextOf(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static void RequireText(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    RequireText(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    _ = member.Name;
                    RequireText(member.Value);
                }

                break;
            default:
                break;
        }
    }
}
