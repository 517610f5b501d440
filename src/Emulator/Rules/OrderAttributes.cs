using System.Text.Json;
using static GuestSessions.Emulator.Rules.Need;
using static GuestSessions.Emulator.Rules.Shape;

namespace GuestSessions.Emulator.Rules;

/// <summary>The attributes of ORDER_CHECKOUT: a whole order in one event.</summary>
internal static class OrderAttributes
{
    public static readonly IReadOnlyList<EventAttribute> All =
    [
        new("order", Members, Required),
        new("order.referenceId", Text, Required),
        new("order.orderedAt", Text, Required) { Format = TextFormat.Instant },
        new("order.status", Text, Required) { Values = ["PURCHASED", "PAYMENT_PENDING"] },
        new("order.currencyCode", Text, Required) { Format = TextFormat.Currency },
        new("order.price", Number, Required),
        new("order.paymentType", Text, Required) { Values = ["Card", "PayPal", "voucher", "other"] },
        new("order.cardType", Text, Required)
        {
            Values = ["Mastercard", "Visa", "Diners", "American Express"],
            When = IsPaidByCard,
        },
        new("order.extensions", List),
        new("order.extensions[]", Members),
        new("order.orderItems", List),
        new("order.orderItems[]", Members),
        new("order.orderItems[].type", Text),
        new("order.orderItems[].referenceId", Text),
        new("order.orderItems[].orderedAt", Text) { Format = TextFormat.Instant },
        new("order.orderItems[].status", Text),
        new("order.orderItems[].currencyCode", Text) { Format = TextFormat.Currency },
        new("order.orderItems[].price", Number),
        new("order.orderItems[].name", Text),
        new("order.orderItems[].productId", Text),
        new("order.orderItems[].quantity", WholeNumber),
        new("order.orderItems[].extensions", List),
    ];

    private static bool IsPaidByCard(JsonElement json) =>
        json.TryGetProperty("order", out var order)
        && order.ValueKind == JsonValueKind.Object
        && order.TextOf("paymentType") == "Card";
}
