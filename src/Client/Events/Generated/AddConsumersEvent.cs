// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>ADD_CONSUMERS</c>.</summary>
/// <remarks>Source: https://doc.sitecore.com/cdp/en/developers/api/add_consumers-event.html.</remarks>
public sealed class AddConsumersEvent() : GuestEvent("ADD_CONSUMERS")
{
    /// <summary>An array of objects.</summary>
    [JsonPropertyName("consumer")]
    public required IList<Consumer> Consumer { get; set; }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.AddConsumersEvent);
}

/// <summary>An item of <c>consumer</c>.</summary>
public sealed class Consumer
{
    /// <summary>A string.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; set; }

    /// <summary>A string. The spelling is unverified.</summary>
    [JsonPropertyName("firstname")]
    public string? Firstname { get; set; }

    /// <summary>A string. The spelling is unverified.</summary>
    [JsonPropertyName("lastname")]
    public string? Lastname { get; set; }

    /// <summary>Any other attributes.</summary>
    [JsonIgnore]
    public JsonObject More { get; } = [];

    /// <summary><see cref="More"/> as it is written.</summary>
    [JsonInclude, JsonExtensionData]
    internal IDictionary<string, JsonElement>? WrittenMore => FurtherMembers.Of(More);
}
