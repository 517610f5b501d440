using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Sessions.Carts;

/// <summary>
/// Reads carts and the guest's identity from event bodies. SDK events need not pass all checks, so members of an
/// unexpected form are ignored.
/// </summary>
internal static class CartReading
{
    // A larger number is no price and no quantity, and sums could overflow.
    private const decimal Largest = 1_000_000_000_000m;

    /// <summary>The cart after one more event of its session.</summary>
    public static Cart? After(Cart? cart, string type, Utf8Json body, SessionLimits limits) => type switch
    {
        EventTypes.Add => AddedBy(body) is { } line ? (cart ?? Cart.Empty).With(line, limits) : cart,
        EventTypes.Confirm when cart is not null && Confirms(cart, body) => cart with { Confirmed = true },
        EventTypes.ClearCart => cart is null ? null : cart with { Lines = null, Confirmed = false, Partial = false },
        EventTypes.Checkout when cart is { Confirmed: true } && Orders.AreMadeBy(type, body) => cart with { Ordered = true },
        EventTypes.OrderCheckout when Orders.AreMadeBy(type, body) => (cart ?? Cart.Empty) with { Ordered = true },
        _ => cart,
    };

    /// <summary>The line of an ADD.</summary>
    public static CartLine? AddedBy(Utf8Json body)
    {
        using var document = JsonDocument.Parse(body.Bytes);
        return Member(document.RootElement, "product") is { ValueKind: JsonValueKind.Object } product
            && TextOf(product, "item_id") is { } itemId
            ? new CartLine(itemId, NumberOf(product, "quantity"), NumberOf(product, "price"))
            : null;
    }

    /// <summary>The items of a CONFIRM, in their order; null for an item without an id.</summary>
    public static IReadOnlyList<string?> ConfirmedBy(Utf8Json body)
    {
        using var document = JsonDocument.Parse(body.Bytes);
        return Member(document.RootElement, "product") is { ValueKind: JsonValueKind.Array } products
            ? [.. products.EnumerateArray().Select(product => TextOf(product, "item_id"))]
            : [];
    }

    /// <summary>The providers of an IDENTITY event.</summary>
    public static IReadOnlyList<string> ProvidersOf(Utf8Json body)
    {
        using var document = JsonDocument.Parse(body.Bytes);
        return Member(document.RootElement, "identifiers") is { ValueKind: JsonValueKind.Array } identifiers
            ? [.. identifiers.EnumerateArray().Select(known => TextOf(known, "provider")).OfType<string>()]
            : [];
    }

    private static bool Confirms(Cart cart, Utf8Json body)
        => cart.Partial || ConfirmedBy(body).Any(item => item is not null && cart.Has(item));

    internal static JsonElement Member(JsonElement parent, string name)
        => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    internal static string? TextOf(JsonElement parent, string name)
        => Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static decimal? NumberOf(JsonElement parent, string name)
        => Member(parent, name) is { ValueKind: JsonValueKind.Number } number
            && number.TryGetDecimal(out var value) && Math.Abs(value) <= Largest ? value : null;
}
