using System.Text.Json;

namespace GuestSessions.Emulator;

/// <summary>The members of an event that the upstream looks at.</summary>
internal sealed record EventMessage(
    string? ClientKey, string? BrowserId, string? Type, string? Channel, string? Pos, string? Page)
{
    /// <summary>Closes the open session; undocumented upstream, known from practice.</summary>
    public const string ForceClose = "FORCE_CLOSE";

    /// <summary>Reads a message, or gives null when it is not a JSON object.</summary>
    public static EventMessage? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? new EventMessage(
                    TextOf(root, "client_key"), TextOf(root, "browser_id"), TextOf(root, "type"),
                    TextOf(root, "channel"), TextOf(root, "pos"), TextOf(root, "page"))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: a string that is no text, such as half a surrogate pair.
            return null;
        }
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
