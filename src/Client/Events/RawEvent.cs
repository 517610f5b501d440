using System.Text;
using System.Text.Json;

namespace GuestSessions.Client;

/// <summary>
/// An event as JSON of your own, sent as it is. The members of <see cref="GuestEvent"/> besides the id and the time are not
/// read: what the JSON has counts.
/// </summary>
public sealed class RawEvent : GuestEvent
{
    private readonly JsonElement _json;

    /// <summary>Takes the Stream API's own event object.</summary>
    /// <param name="json">An object with a <c>type</c>.</param>
    /// <exception cref="ArgumentException">It is no object, or has no type.</exception>
    public RawEvent(JsonElement json) : base(TypeOf(json)) => _json = json.Clone();

    /// <summary>Takes the Stream API's own event object.</summary>
    /// <param name="json">An object with a <c>type</c>.</param>
    /// <exception cref="ArgumentException">It is no object, or has no type.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public RawEvent(string json) : this(JsonElement.Parse(Encoding.UTF8.GetBytes(json)))
    {
    }

    internal override void WriteTo(Utf8JsonWriter writer) => _json.WriteTo(writer);

    private static string TypeOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("type"u8, out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()!
            : throw new ArgumentException("Expected an object with a type.", nameof(json));
}
