using System.Collections.Frozen;
using static GuestSessions.Core.Events.Rules.AttributeShape;

namespace GuestSessions.Core.Events.Rules;

/// <summary>
/// The attributes of each event type besides the common ones, as the vendor's pages list them. Attributes
/// that no rule names pass through untouched.
/// </summary>
public static class TypeRules
{
    /// <summary>The rules of a type; empty for those without attributes of their own, and for custom ones.</summary>
    public static IReadOnlyList<AttributeRule> Of(string type) => ByType.GetValueOrDefault(type, []);

    /// <summary>The rules of all types.</summary>
    public static IEnumerable<AttributeRule> All => ByType.Values.SelectMany(static rules => rules);

    /// <summary>The personal attributes of an IDENTITY event.</summary>
    public static IReadOnlyList<AttributeRule> Person { get; } =
    [
        Maybe("email", Text, Source.Identity),
        Maybe("title", Text, Source.Identity),
        Maybe("firstname", Text, Source.Identity),
        Maybe("lastname", Text, Source.Identity),
        // One page lists three values, another says any string.
        Maybe("gender", Text, Source.Identity,
            OneOf("female", "male", "unknown") with { Advised = true, Shown = false }),
        Maybe("dob", Text, Source.Identity, TextForms.DateOfBirth),
        Maybe("mobile", Text, Source.Identity),
        Maybe("phone", Text, Source.Identity),
        Maybe("street", TextList, Source.Identity),
        Maybe("city", Text, Source.Identity),
        Maybe("state", Text, Source.Identity),
        Maybe("country", Text, Source.Identity, TextForms.Country),
        Maybe("postal_code", Text, Source.Identity),
    ];

    /// <summary>Further attributes whose spelling no page shows.</summary>
    private static readonly AttributeRule Others = new("*", Any, Source.AddContacts);

    private static readonly AttributeRule[] Contact =
    [
        Maybe("title", Text, Source.AddContacts),
        Unverified("firstname", Text, Source.AddContacts),
        Unverified("lastname", Text, Source.AddContacts),
        Unverified("identifiers", NestedList, Source.AddContacts),
        Maybe("email", Text, Source.AddContacts),
        Others,
    ];

    private static readonly AttributeRule[] Consumer =
    [
        Maybe("title", Text, Source.AddConsumers),
        Unverified("firstname", Text, Source.AddConsumers),
        Unverified("lastname", Text, Source.AddConsumers),
        Others,
    ];

    private static readonly AttributeRule[] Product =
    [
        Must("type", Text, Source.Add, TextForms.UpperCase),
        Must("item_id", Text, Source.Add, TextForms.Code),
        Must("name", Text, Source.Add, TextForms.NotEmpty),
        Must("orderedAt", Text, Source.Add, TextForms.Moment),
        Must("quantity", Number, Source.Add) with { MoreThan = 0 },
        Must("price", Number, Source.Add) with { AtLeast = 0 },
        Must("productId", Text, Source.Add, TextForms.Code),
        Must("referenceId", Text, Source.Add, TextForms.Code),
        Must("currency", Text, Source.Add, TextForms.Currency),
        Maybe("originalPrice", Number, Source.Add) with { AtLeast = 0 },
        Maybe("originalCurrencyCode", Text, Source.Add, TextForms.Currency),
    ];

    private static readonly AttributeRule[] OrderItem =
    [
        Maybe("type", Text, Source.OrderCheckout, TextForms.UpperCase),
        Maybe("referenceId", Text, Source.OrderItems, TextForms.OptionalCode),
        Maybe("orderedAt", Text, Source.OrderItems, TextForms.Moment),
        Maybe("status", Text, Source.OrderItems, TextForms.UpperCase),
        Maybe("currencyCode", Text, Source.OrderItems, TextForms.Currency),
        Maybe("price", Number, Source.OrderItems) with { AtLeast = 0 },
        Maybe("name", Text, Source.OrderItems),
        Maybe("productId", Text, Source.OrderItems, TextForms.OptionalCode),
        Maybe("quantity", WholeNumber, Source.OrderItems) with { MoreThan = 0 },
        Maybe("extensions", Extensions, Source.OrderItems),
    ];

    private static readonly AttributeRule[] Order =
    [
        Must("referenceId", Text, Source.OrderCheckout, TextForms.Code),
        Must("orderedAt", Text, Source.OrderCheckout, TextForms.Moment),
        Must("status", Text, Source.OrderCheckout, OneOf("PURCHASED", "PAYMENT_PENDING")),
        Must("currencyCode", Text, Source.OrderCheckout, TextForms.Currency),
        Must("price", Number, Source.OrderCheckout) with { AtLeast = 0 },
        Must("paymentType", Text, Source.OrderCheckout, OneOf("Card", "PayPal", "voucher", "other")),
        Maybe("cardType", Text, Source.OrderCheckout, OneOf("Mastercard", "Visa", "Diners", "American Express"))
            with
        { RequiredWhen = new Condition("paymentType", "Card") },
        Maybe("extensions", Extensions, Source.OrderCheckout),
        Maybe("orderItems", NestedList, Source.OrderCheckout) with { Members = OrderItem, ItemsKept = 100 },
    ];

    private static readonly Condition Flight = new("product_type", "FLIGHT");

    private static readonly AttributeRule[] Search =
    [
        Must("product_name", Text, Source.Search, TextForms.NotEmpty),
        // Only FLIGHT has a meaning upstream; other values are the tenant's own.
        Must("product_type", Text, Source.Search, TextForms.UpperCase with { Fix = OneOf("FLIGHT").Fix }),
        Maybe("flight_type", Text, Source.SearchFlight, OneOf("OW", "RT")) with { RequiredWhen = Flight },
        Maybe("origin", Text, Source.SearchFlight, TextForms.Airport) with { RequiredWhen = Flight },
        Maybe("destination", Text, Source.SearchFlight, TextForms.Airport) with { RequiredWhen = Flight },
        Maybe("start", Text, Source.SearchFlight, TextForms.LocalTime) with { RequiredWhen = Flight },
        Maybe("end", Text, Source.SearchFlight, TextForms.LocalTime)
            with { AdvisedWhen = new Condition("flight_type", "RT") },
        Unverified("adults", WholeNumber, Source.SearchFlight) with { AtLeast = 0 },
        Unverified("children", WholeNumber, Source.SearchFlight) with { AtLeast = 0 },
        Unverified("infants", WholeNumber, Source.SearchFlight) with { AtLeast = 0 },
    ];

    private static readonly FrozenDictionary<string, AttributeRule[]> ByType = new Dictionary<string, AttributeRule[]>
    {
        [EventTypes.View] =
            [Maybe("ext", Nested, Source.CloudSdk) with { Members = [Unverified("pageVariantId", Text, Source.CloudSdk)] }],
        [EventTypes.Identity] =
        [
            Must("identifiers", Special, Source.Identity) with
            {
                Members =
                [
                    Must("provider", Text, Source.Identity, TextForms.NotEmpty),
                    Must("id", Text, Source.Identity, TextForms.NotEmpty),
                    Maybe("expiry_date", Text, Source.Identity),
                ],
            },
            .. Person,
        ],
        [EventTypes.Search] = Search,
        [EventTypes.Add] = [Must("product", Nested, Source.Add) with { Members = Product }],
        [EventTypes.AddContacts] = [Must("contact", NestedList, Source.AddContacts) with { Members = Contact }],
        [EventTypes.AddConsumers] = [Must("consumer", NestedList, Source.AddConsumers) with { Members = Consumer }],
        [EventTypes.Confirm] =
        [
            Must("product", NestedList, Source.Confirm) with
            {
                Members = [Must("item_id", Text, Source.Confirm, TextForms.Code)],
            },
        ],
        [EventTypes.Checkout] =
        [
            Must("reference_id", Text, Source.Checkout, TextForms.UpperCase),
            Must("status", Text, Source.Checkout,
                OneOf("PURCHASED", "PAYMENT_PENDING", "CONFIRMED", "CANCELLED", "REFUNDED")),
        ],
        [EventTypes.Payment] =
            [Must("pay_type", Text, Source.Payment, OneOf("Card", "PayPal", "Voucher", "Other", "Cancelled"))],
        [EventTypes.OrderCheckout] = [Must("order", Nested, Source.OrderCheckout) with { Members = Order }],
        [EventTypes.Form] =
        [
            Must("ext", Nested, Source.EngageSdk) with
            {
                Members =
                [
                    Must("formId", Text, Source.EngageSdk, TextForms.NotEmpty),
                    Must("interactionType", Text, Source.EngageSdk, OneOf("VIEWED", "SUBMITTED")),
                    Maybe("componentInstanceId", Text, Source.CloudSdk),
                ],
            },
        ],
    }.ToFrozenDictionary();

    private static AttributeRule Must(string name, AttributeShape shape, string source, TextForm? form = null)
        => new(name, shape, source) { Required = true, Form = form };

    private static AttributeRule Maybe(string name, AttributeShape shape, string source, TextForm? form = null)
        => new(name, shape, source) { Form = form };

    /// <summary>The page mentions it, but does not show its spelling.</summary>
    private static AttributeRule Unverified(string name, AttributeShape shape, string source)
        => new(name, shape, source) { Enforced = false };

    private static TextForm OneOf(params string[] values) => TextForms.OneOf(EventCodes.InvalidValue, values);
}
