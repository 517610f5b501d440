// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>CHECKOUT</c>.</summary>
/// <remarks>Source: https://doc.sitecore.com/cdp/en/developers/api/checkout-event.html.</remarks>
public sealed class CheckoutEvent() : GuestEvent("CHECKOUT")
{
    /// <summary>A string in upper case.</summary>
    [JsonPropertyName("reference_id")]
    public required string ReferenceId { get; set; }

    /// <summary>One of PURCHASED, PAYMENT_PENDING, CONFIRMED, CANCELLED, REFUNDED.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; set; }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.CheckoutEvent);
}
