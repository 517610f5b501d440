using System.Text.Json.Serialization;

namespace GuestSessions.Api.Guests;

/// <summary>
/// What to find guests by: <c>provider</c> and <c>id</c>, or <c>browser_id</c>, or <c>order_reference</c>,
/// or <c>text</c>; regardless of capitals and of blanks around it. In
/// a body because personal values never travel in a URL. Read by <see cref="SearchRequest"/>; here for the
/// contract's schema.
/// </summary>
public sealed record SearchBody
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Provider { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BrowserId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OrderReference { get; init; }

    /// <summary>Any of these values, an identifier of whatever provider included, or a guest id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>1 to 500, 50 by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? After { get; init; }
}
