using System.Text.Json.Serialization;

namespace GuestSessions.Core.Sessions.Carts;

/// <summary>
/// A session's cart as the upstream keeps it: a line for each <c>item_id</c>, of which the last ADD wins. It is
/// derived from the events, so it shows what the upstream is expected to have.
/// </summary>
public sealed record Cart
{
    public static Cart Empty { get; } = new();

    /// <summary>In the order in which the items came first; null once a closed session's cart is summed up.</summary>
    public IReadOnlyList<CartLine>? Lines { get; init; }

    /// <summary>Number of lines when the cart was summed up.</summary>
    public int? PutAway { get; init; }

    /// <summary>Their total then.</summary>
    public decimal? PutAwayTotal { get; init; }

    /// <summary>An item of the cart was confirmed, and the cart has not been cleared since.</summary>
    public bool Confirmed { get; init; }

    /// <summary>
    /// An order came: a CHECKOUT of a confirmed cart, or an ORDER_CHECKOUT, with a status that counts as an order.
    /// </summary>
    public bool Ordered { get; init; }

    /// <summary>An item was added for which no line could be kept, see <see cref="SessionLimits.CartLines"/>.</summary>
    public bool Partial { get; init; }

    [JsonIgnore]
    public int Count => Lines?.Count ?? PutAway ?? 0;

    /// <summary>Quantity times price over the lines; null if a line has no quantity or no price.</summary>
    [JsonIgnore]
    public decimal? Total => Count == 0 && !Partial ? 0 : Lines is null
        ? PutAwayTotal
        : Lines.Aggregate((decimal?)0, static (sum, line) => sum + line.Total);

    public bool Has(string itemId) => Lines?.Any(line => line.ItemId == itemId) ?? false;

    public Cart With(CartLine line, SessionLimits limits)
    {
        List<CartLine> lines = [.. Lines ?? []];
        var index = lines.FindIndex(known => known.ItemId == line.ItemId);
        if (index >= 0)
            lines[index] = line;
        else if (lines.Count < limits.CartLines && line.ItemId.Length <= CartLine.LongestItemId)
            lines.Add(line);
        else
            return this with { Partial = true };
        return this with { Lines = lines };
    }

    /// <summary>The cart without its lines, for a session that is over.</summary>
    public Cart ToSummary() => this with { Lines = null, PutAway = Count, PutAwayTotal = Total };
}

/// <summary>One item of a cart.</summary>
/// <param name="Quantity">Null if the number is too large for a quantity.</param>
/// <param name="Price">The price of one.</param>
public sealed record CartLine(string ItemId, decimal? Quantity, decimal? Price)
{
    /// <summary>Maximum length of an item id that gets a line.</summary>
    public const int LongestItemId = 256;

    [JsonIgnore]
    public decimal? Total => Quantity * Price;
}

/// <summary>The outcome of a session's cart, in the upstream's words.</summary>
public enum CartType
{
    /// <summary>Nothing is in its cart.</summary>
    Browsed,

    /// <summary>It closed with a cart and without an order.</summary>
    Abandoned,

    /// <summary>An order came.</summary>
    Converted,
}
