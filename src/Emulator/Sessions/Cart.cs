using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GuestSessions.Emulator.Sessions;

/// <summary>
/// The items that one session's visitor wants to buy. An order consists of the events of one session only.
/// </summary>
public sealed record Cart
{
    internal const int MostLines = 1_000;

    public static readonly Cart Empty = new();

    /// <summary>By <c>item_id</c>; the last ADD of an item counts.</summary>
    public IReadOnlyList<CartLine> Lines { get; init; } = ImmutableList<CartLine>.Empty;

    /// <summary>People named by ADD_CONTACTS.</summary>
    public int Contacts { get; init; }

    /// <summary>References of the orders created in this session.</summary>
    public IReadOnlyList<string> Orders { get; init; } = [];

    /// <summary>Quantity times price over all lines; null if a line has no usable quantity or price.</summary>
    public decimal? Value => Lines.Aggregate((decimal?)0, static (sum, line) => sum + line.Value);

    [JsonIgnore]
    public bool IsConfirmed => Lines.Any(line => line.Confirmed);

    public CartLine? Find(string itemId) => Lines.FirstOrDefault(line => line.ItemId == itemId);

    /// <summary>Adds a line, or replaces the line of that item.</summary>
    internal Cart With(CartLine line)
    {
        var lines = (ImmutableList<CartLine>)Lines;
        var at = lines.FindIndex(other => other.ItemId == line.ItemId);
        if (at >= 0)
            return this with { Lines = lines.SetItem(at, line with { Confirmed = lines[at].Confirmed }) };
        return lines.Count < MostLines ? this with { Lines = lines.Add(line) } : this;
    }

    internal Cart Confirm(string itemId)
    {
        var lines = (ImmutableList<CartLine>)Lines;
        var at = lines.FindIndex(line => line.ItemId == itemId);
        return at < 0 ? this : this with { Lines = lines.SetItem(at, lines[at] with { Confirmed = true }) };
    }

    internal Cart Order(string reference) =>
        Orders.Count < MostLines ? this with { Orders = [.. Orders, reference] } : this;

    /// <summary>Removes products and contacts; orders stay.</summary>
    internal Cart Cleared() => Empty with { Orders = Orders };
}

/// <param name="Quantity">
/// Null if the event has none that can be a quantity: no vendor page says what the upstream makes of it.
/// </param>
/// <param name="Price">The price of one; null in the same cases.</param>
public sealed record CartLine(string ItemId, string? Name, decimal? Quantity, decimal? Price, bool Confirmed)
{
    public decimal? Value => Quantity * Price;
}

/// <summary>The outcome of a session's cart.</summary>
public enum CartType
{
    /// <summary>The cart was empty.</summary>
    Browsed,

    /// <summary>The session closed with products and without an order.</summary>
    Abandoned,

    /// <summary>There was an order.</summary>
    Converted,
}
