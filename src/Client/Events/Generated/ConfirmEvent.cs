// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>CONFIRM</c>.</summary>
/// <remarks>Source: https://doc.sitecore.com/personalize/en/developers/api/confirm-event.html.</remarks>
public sealed class ConfirmEvent() : GuestEvent("CONFIRM")
{
    /// <summary>An array of objects.</summary>
    [JsonPropertyName("product")]
    public required IList<ConfirmedProduct> Product { get; set; }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.ConfirmEvent);
}

/// <summary>An item of <c>product</c>.</summary>
public sealed class ConfirmedProduct
{
    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("item_id")]
    public required string ItemId { get; set; }
}
