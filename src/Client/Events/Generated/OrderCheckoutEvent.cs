// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>ORDER_CHECKOUT</c>.</summary>
/// <remarks>Source: https://doc.sitecore.com/personalize/en/developers/api/order_checkout-event.html.</remarks>
public sealed class OrderCheckoutEvent() : GuestEvent("ORDER_CHECKOUT")
{
    /// <summary>An object.</summary>
    [JsonPropertyName("order")]
    public required Order Order { get; set; }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.OrderCheckoutEvent);
}

/// <summary>The value of <c>order</c>.</summary>
public sealed class Order
{
    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("referenceId")]
    public required string ReferenceId { get; set; }

    /// <summary>A time in UTC, like 2026-11-23T10:15:30.120Z.</summary>
    [JsonPropertyName("orderedAt"), JsonConverter(typeof(MomentConverter))]
    public required DateTimeOffset OrderedAt { get; set; }

    /// <summary>One of PURCHASED, PAYMENT_PENDING.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; set; }

    /// <summary>A currency of ISO 4217 in upper case, like EUR.</summary>
    [JsonPropertyName("currencyCode")]
    public required string CurrencyCode { get; set; }

    /// <summary>A number.</summary>
    [JsonPropertyName("price")]
    public required decimal Price { get; set; }

    /// <summary>One of Card, PayPal, voucher, other.</summary>
    [JsonPropertyName("paymentType")]
    public required string PaymentType { get; set; }

    /// <summary>One of Mastercard, Visa, Diners, American Express. Required if paymentType is Card.</summary>
    [JsonPropertyName("cardType")]
    public string? CardType { get; set; }

    /// <summary>An array of objects.</summary>
    [JsonPropertyName("extensions")]
    public JsonArray? Extensions { get; set; }

    /// <summary>An array of objects. The upstream keeps the first 100.</summary>
    [JsonPropertyName("orderItems")]
    public IList<OrderItem>? OrderItems { get; set; }
}

/// <summary>An item of <c>orderItems</c>.</summary>
public sealed class OrderItem
{
    /// <summary>A string in upper case.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; set; }

    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("referenceId")]
    public string? ReferenceId { get; set; }

    /// <summary>A time in UTC, like 2026-11-23T10:15:30.120Z.</summary>
    [JsonPropertyName("orderedAt"), JsonConverter(typeof(MomentConverter))]
    public DateTimeOffset? OrderedAt { get; set; }

    /// <summary>A string in upper case.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; set; }

    /// <summary>A currency of ISO 4217 in upper case, like EUR.</summary>
    [JsonPropertyName("currencyCode")]
    public string? CurrencyCode { get; set; }

    /// <summary>A number.</summary>
    [JsonPropertyName("price")]
    public decimal? Price { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; set; }

    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("productId")]
    public string? ProductId { get; set; }

    /// <summary>A whole number.</summary>
    [JsonPropertyName("quantity")]
    public long? Quantity { get; set; }

    /// <summary>An array of objects.</summary>
    [JsonPropertyName("extensions")]
    public JsonArray? Extensions { get; set; }
}
