// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>ADD</c>.</summary>
/// <remarks>Source: https://doc.sitecore.com/personalize/en/developers/api/add-event.html.</remarks>
public sealed class AddEvent() : GuestEvent("ADD")
{
    /// <summary>An object.</summary>
    [JsonPropertyName("product")]
    public required CartProduct Product { get; set; }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.AddEvent);
}

/// <summary>The value of <c>product</c>.</summary>
public sealed class CartProduct
{
    /// <summary>A string in upper case.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; set; }

    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("item_id")]
    public required string ItemId { get; set; }

    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; set; }

    /// <summary>A time in UTC, like 2026-11-23T10:15:30.120Z.</summary>
    [JsonPropertyName("orderedAt"), JsonConverter(typeof(MomentConverter))]
    public required DateTimeOffset OrderedAt { get; set; }

    /// <summary>A number.</summary>
    [JsonPropertyName("quantity")]
    public required decimal Quantity { get; set; }

    /// <summary>A number.</summary>
    [JsonPropertyName("price")]
    public required decimal Price { get; set; }

    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("productId")]
    public required string ProductId { get; set; }

    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("referenceId")]
    public required string ReferenceId { get; set; }

    /// <summary>A currency of ISO 4217 in upper case, like EUR.</summary>
    [JsonPropertyName("currency")]
    public required string Currency { get; set; }

    /// <summary>A number.</summary>
    [JsonPropertyName("originalPrice")]
    public decimal? OriginalPrice { get; set; }

    /// <summary>A currency of ISO 4217 in upper case, like EUR.</summary>
    [JsonPropertyName("originalCurrencyCode")]
    public string? OriginalCurrencyCode { get; set; }
}
