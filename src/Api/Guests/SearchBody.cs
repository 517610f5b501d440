using System.Text.Json.Serialization;

namespace GuestSessions.Api.Guests;

/// <summary>
/// The values by which to find guests: <c>provider</c> and <c>id</c>, or <c>browser_id</c>, or <c>order_reference</c>,
/// or <c>text</c>; regardless of capitals and of blanks around them. They are in a body because personal values never
/// travel in a URL. <see cref="SearchRequest"/> reads the body; this type gives the contract its schema.
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

    /// <summary>Any of these values, including an identifier of any provider, or a guest id, or an event id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>1 to 500, 50 by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the previous page.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? After { get; init; }

    /// <summary>With <c>text</c>: the <c>events.next</c> of the previous answer. Only older events are compared then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventsBefore { get; init; }
}
