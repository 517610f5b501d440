namespace GuestSessions.Api.Guests;

/// <summary>
/// What to find guests by: <c>provider</c> and <c>id</c>, or <c>browser_id</c>, or <c>order_reference</c>. In
/// a body because personal values never travel in a URL. Read by <see cref="SearchRequest"/>; here for the
/// contract's schema.
/// </summary>
public sealed record SearchBody
{
    public string? Provider { get; init; }

    public string? Id { get; init; }

    public string? BrowserId { get; init; }

    public string? OrderReference { get; init; }

    /// <summary>1 to 500, 50 by default.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    public string? After { get; init; }
}
