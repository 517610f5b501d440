using System.Text.Json;
using GuestSessions.Emulator.Effects;
using static GuestSessions.Emulator.Rules.Need;
using static GuestSessions.Emulator.Rules.Shape;

namespace GuestSessions.Emulator.Rules;

/// <summary>
/// The vendor's attributes by event type. Attributes whose spelling is not known are omitted, so nothing is reported
/// about them.
/// </summary>
internal static class EventAttributes
{
    public static readonly IReadOnlyList<EventAttribute> Common =
    [
        new("channel", Text, Required)
        {
            Values =
            [
                "AIRPORT_KIOSK", "BRANCH", "CALL_CENTER", "EMAIL", "GDS", "KIOSK", "MOBILE_APP", "MOBILE_WEB",
                "SMS", "OFFLINE", "OTA", "OTHER", "WEB",
            ],
            When = json => !IsForm(json),
        },
        new("language", Text, Expected) { Format = TextFormat.Language, Basis = Basis.Observed },
        new("currency", Text, Required) { Format = TextFormat.Currency, When = json => !IsForm(json) },
        new("page", Text, Required) { When = json => !IsForm(json) },
        new("requested_at", Text) { Format = TextFormat.Instant, Basis = Basis.Observed },
        new("session_data", Members),
    ];

    private static readonly Dictionary<string, IReadOnlyList<EventAttribute>> _byType = new()
    {
        ["IDENTITY"] =
        [
            new("identifiers", List, Required),
            new("identifiers[]", Members, Required),
            new("identifiers[].id", Text, Required),
            new("identifiers[].provider", Text, Required),
            new("identifiers[].expiry_date", Text) { Format = TextFormat.Instant },
            new("email", Text), new("title", Text), new("firstname", Text), new("lastname", Text),
            new("gender", Text), new("mobile", Text), new("phone", Text),
            new("dob", Text) { Format = TextFormat.Minute, Basis = Basis.Observed },
            new("street", List), new("street[]", Text),
            new("city", Text), new("state", Text), new("postal_code", Text),
            new("country", Text) { Format = TextFormat.Country },
        ],
        ["SEARCH"] =
        [
            new("product_name", Text, Required),
            new("product_type", Text, Required),
            new("flight_type", Text, Required) { Values = ["OW", "RT"], When = IsFlight },
            new("origin", Text, Required) { Format = TextFormat.Airport, When = IsFlight },
            new("destination", Text, Required) { Format = TextFormat.Airport, When = IsFlight },
            new("start", Text, Required) { Format = TextFormat.Minute, When = IsFlight },
            new("end", Text) { Format = TextFormat.Minute, When = IsFlight },
        ],
        ["ADD"] =
        [
            new("product", Members, Required),
            new("product.type", Text, Required) { Format = TextFormat.UpperCase },
            new("product.item_id", Text, Required),
            new("product.name", Text, Required),
            new("product.orderedAt", Text, Required) { Format = TextFormat.Instant },
            new("product.quantity", Number, Required),
            new("product.price", Number, Required),
            new("product.productId", Text, Expected),
            new("product.referenceId", Text, Expected),
            new("product.currency", Text, Expected) { Format = TextFormat.Currency },
            new("product.originalPrice", Number),
            new("product.originalCurrencyCode", Text) { Format = TextFormat.Currency },
        ],
        ["ADD_CONTACTS"] = [new("contact", List, Required), new("contact[]", Members, Required)],
        ["ADD_CONSUMERS"] = [new("consumer", List, Required), new("consumer[]", Members, Required)],
        ["CONFIRM"] =
        [
            new("product", List, Required),
            new("product[]", Members, Required),
            new("product[].item_id", Text, Required),
        ],
        ["CHECKOUT"] =
        [
            new("reference_id", Text, Required) { Format = TextFormat.UpperCase },
            new("status", Text, Required)
            {
                Values = ["PURCHASED", "PAYMENT_PENDING", "CONFIRMED", "CANCELLED", "REFUNDED"],
            },
        ],
        ["PAYMENT"] =
        [
            new("pay_type", Text, Required) { Values = ["Card", "PayPal", "Voucher", "Other", "Cancelled"] },
        ],
        ["FORM"] =
        [
            new("ext", Members, Required),
            new("ext.formId", Text, Required),
            new("ext.interactionType", Text, Required) { Values = ["VIEWED", "SUBMITTED"] },
        ],
        ["ORDER_CHECKOUT"] = OrderAttributes.All,
    };

    public static IReadOnlyList<EventAttribute> Of(string type) => _byType.GetValueOrDefault(type, []);

    // The SDKs send FORM without channel, currency and page.
    private static bool IsForm(JsonElement json) => json.TextOf("type") == "FORM";

    private static bool IsFlight(JsonElement json) => json.TextOf("product_type") == "FLIGHT";
}
