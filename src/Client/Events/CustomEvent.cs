using System.Text.Json;

namespace GuestSessions.Client;

/// <summary>An event of a type of your own. Its attributes are in <see cref="GuestEvent.Ext"/> and <see cref="GuestEvent.More"/>.</summary>
/// <param name="type">Any name that the Stream API does not reserve.</param>
public sealed class CustomEvent(string type) : GuestEvent(type)
{
    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.CustomEvent);
}
