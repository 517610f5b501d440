using System.Text.Json.Serialization;

namespace GuestSessions.Core.Sessions.Carts;

/// <summary>
/// A session's cart as the upstream keeps it: a line for each <c>item_id</c>, of which the last ADD wins. It is
/// read off the events, so what it says is what the upstream is expected to say.
/// </summary>
public sealed record Cart
{
    public static Cart Empty { get; } = new();

    /// <summary>In the order in which the items came first; none once a closed session's cart is put away.</summary>
    public IReadOnlyList<CartLine>? Lines { get; init; }

    /// <summary>How many lines there were when the cart was put away.</summary>
    public int? PutAway { get; init; }

    /// <summary>Their total then.</summary>
    public decimal? PutAwayTotal { get; init; }

    /// <summary>Something that was in the cart was confirmed, and the cart not cleared since.</summary>
    public bool Confirmed { get; init; }

    /// <summary>An order came: a CHECKOUT of what was confirmed, or an ORDER_CHECKOUT, of a status that is one.</summary>
    public bool Ordered { get; init; }

    /// <summary>Something was added that a line could not be kept for, see <see cref="SessionLimits.CartLines"/>.</summary>
    public bool Partial { get; init; }

    [JsonIgnore]
    public int Count => Lines?.Count ?? PutAway ?? 0;

    /// <summary>Quantity times price over the lines; null where one of them has none.</summary>
    [JsonIgnore]
    public decimal? Total => Lines is null
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

    /// <summary>Without its lines, when they only tell of the past.</summary>
    public Cart ToSummary() => this with { Lines = null, PutAway = Count, PutAwayTotal = Total };
}

/// <summary>One item of a cart.</summary>
/// <param name="Quantity">Null where the number is beyond what prices and quantities can be.</param>
/// <param name="Price">Of one.</param>
public sealed record CartLine(string ItemId, decimal? Quantity, decimal? Price)
{
    /// <summary>Characters of an item id that is followed.</summary>
    public const int LongestItemId = 256;

    [JsonIgnore]
    public decimal? Total => Quantity * Price;
}

/// <summary>What became of a session's cart, in the upstream's words.</summary>
public enum CartType
{
    /// <summary>Nothing is in its cart.</summary>
    Browsed,

    /// <summary>It closed with a cart and without an order.</summary>
    Abandoned,

    /// <summary>An order came.</summary>
    Converted,
}
