using System.Text.Json;

namespace GuestSessions.Emulator;

/// <summary>An event as it came, and the members that decide where it belongs.</summary>
internal sealed class EventMessage
{
    /// <summary>Closes the open session; undocumented upstream, known from practice.</summary>
    public const string ForceClose = "FORCE_CLOSE";

    private EventMessage(JsonElement json) => Json = json;

    public JsonElement Json { get; }

    public string? ClientKey => Json.TextOf("client_key");
    public string? BrowserId => Json.TextOf("browser_id");
    public string? Type => Json.TextOf("type");
    public string? Channel => Json.TextOf("channel");
    public string? Pos => Json.TextOf("pos");
    public string? Page => Json.TextOf("page");

    /// <summary>Reads a message; null if it is not a JSON object.</summary>
    public static EventMessage? Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonObject.TryParse(json);
        return document is null ? null : new EventMessage(document.RootElement.Clone());
    }
}
