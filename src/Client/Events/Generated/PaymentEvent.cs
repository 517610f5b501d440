// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>PAYMENT</c>.</summary>
/// <remarks>Source: https://doc.sitecore.com/cdp/en/developers/api/payment-event-1470656.html.</remarks>
public sealed class PaymentEvent() : GuestEvent("PAYMENT")
{
    /// <summary>One of Card, PayPal, Voucher, Other, Cancelled.</summary>
    [JsonPropertyName("pay_type")]
    public required string PayType { get; set; }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.PaymentEvent);
}
