using System.Text.Json;
using GuestSessions.Emulator.Effects;

namespace GuestSessions.Emulator.Sessions;

/// <summary>
/// Applies an event to the cart of its session, and reports why it has no effect. If the cart is in another session,
/// the finding says so, because that is the most frequent mistake.
/// </summary>
internal static class CartRules
{
    /// <summary>A larger number counts as neither price nor quantity, because sums could overflow.</summary>
    private const decimal LargestNumber = 1_000_000_000_000m;

    /// <param name="cart">The cart of the session that the event belongs to; empty if the event opens one.</param>
    /// <param name="elsewhere">Carts of the guest's other sessions.</param>
    /// <param name="isCustomer">Whether an identity rule has identified the guest.</param>
    public static Cart Apply(
        Judgement judgement, Cart cart, IReadOnlyList<Cart> elsewhere, bool isCustomer)
    {
        switch (judgement.Type)
        {
            case "ADD":
                return Add(judgement, cart);
            case "ADD_CONTACTS":
                RequireProducts(judgement, cart);
                return cart with { Contacts = cart.Contacts + CountOf(judgement, "contact") };
            case "ADD_CONSUMERS":
                RequireProducts(judgement, cart);
                return cart;
            case "CONFIRM":
                return Confirm(judgement, cart, elsewhere);
            case "CHECKOUT":
                return Checkout(judgement, cart, elsewhere);
            case "ORDER_CHECKOUT":
                return Order(judgement, cart, isCustomer);
            case "CLEAR_CART":
                return cart.Cleared();
            default:
                return cart;
        }
    }

    private static Cart Add(Judgement judgement, Cart cart)
    {
        if (!judgement.Json.TryGetProperty("product", out var product)
            || product.ValueKind != JsonValueKind.Object
            || product.TextOf("item_id") is not { } item)
            return cart;
        if (cart.Lines.Count >= Cart.MostLines && cart.Find(item) is null)
            judgement.Remark(
                "cart_full", "/product", "The emulator keeps no further lines of this cart.", Basis.Inferred);
        return cart.With(new CartLine(
            item, product.TextOf("name"), NumberOf(product, "quantity"), NumberOf(product, "price"), false));
    }

    private static void RequireProducts(Judgement judgement, Cart cart)
    {
        if (cart.Lines.Count == 0)
            judgement.Misread(
                $"{judgement.Type.ToLowerInvariant()}_without_add", "/type",
                $"{judgement.Type} must follow an ADD in the same session.");
    }

    private static int CountOf(Judgement judgement, string list) =>
        judgement.Json.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.GetArrayLength()
            : 0;

    private static Cart Confirm(Judgement judgement, Cart cart, IReadOnlyList<Cart> elsewhere)
    {
        if (!judgement.Json.TryGetProperty("product", out var products)
            || products.ValueKind != JsonValueKind.Array)
            return cart;
        var index = 0;
        foreach (var product in products.EnumerateArray())
        {
            var path = $"/product/{index++}/item_id";
            if (product.ValueKind != JsonValueKind.Object || product.TextOf("item_id") is not { } item)
                continue;
            if (cart.Find(item) is null)
                Lost(
                    judgement, elsewhere.Any(other => other.Find(item) is not null), "confirm_without_add",
                    path, $"No ADD of \"{item}\" in this session");
            cart = cart.Confirm(item);
        }

        return cart;
    }

    private static Cart Checkout(Judgement judgement, Cart cart, IReadOnlyList<Cart> elsewhere)
    {
        if (cart.IsConfirmed)
            return IsOrder(judgement, judgement.Json, "/status")
                ? cart.Order(judgement.Json.TextOf("reference_id") ?? "")
                : cart;
        Lost(
            judgement, elsewhere.Any(other => other.IsConfirmed), "checkout_without_confirm", "/type",
            "No CONFIRM of a product in this session, so there is no order");
        return cart;
    }

    private static Cart Order(Judgement judgement, Cart cart, bool isCustomer)
    {
        if (!isCustomer)
        {
            judgement.Misread(
                "order_before_identity", "/type",
                "No IDENTITY has matched a rule of the tenant, so the guest is unknown and there is no order.");
            return cart;
        }

        var isObject = judgement.Json.TryGetProperty("order", out var order) && order.ValueKind == JsonValueKind.Object;
        if (isObject && !IsOrder(judgement, order, "/order/status"))
            return cart;
        var reference = isObject ? order.TextOf("referenceId") ?? "" : "";
        if (cart.Orders.Contains(reference))
            judgement.Remark(
                "order_again", "/order/referenceId", $"This session already has an order \"{reference}\".",
                Basis.Inferred);
        return cart.Order(reference);
    }

    /// <summary>A cancelled or refunded order converts no cart. The event itself is correct.</summary>
    private static bool IsOrder(Judgement judgement, JsonElement holder, string path)
    {
        if (holder.TextOf("status")?.ToUpperInvariant() is not ("CANCELLED" or "REFUNDED"))
            return true;
        judgement.Remark("no_order", path, "An order of this status converts no cart.", Basis.Inferred);
        return false;
    }

    private static void Lost(Judgement judgement, bool isElsewhere, string code, string path, string detail)
    {
        if (isElsewhere)
            judgement.Misread(
                "cart_across_sessions", path, detail + "; it is in another session of the guest.",
                Basis.Observed);
        else
            judgement.Misread(code, path, detail + ".");
    }

    private static decimal? NumberOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out var number)
        && Math.Abs(number) <= LargestNumber
            ? number
            : null;
}
