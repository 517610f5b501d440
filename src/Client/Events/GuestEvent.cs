using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>
/// What a guest did. There is a class for each type of the Stream API, <see cref="CustomEvent"/> for types of your own, and
/// <see cref="RawEvent"/> for JSON as it is. Set members only before you hand the event over.
/// </summary>
public abstract class GuestEvent
{
    private JsonObject? _ext;
    private JsonObject? _sessionData;
    private JsonObject? _more;

    private protected GuestEvent(string type) => Type = type;

    /// <summary>The type, as the Stream API spells it.</summary>
    [JsonPropertyName("type"), JsonPropertyOrder(-1)]
    public string Type { get; }

    /// <summary>
    /// The key by which the service knows a repeated event: 1 to 128 characters of <c>[A-Za-z0-9._~:-]</c>. Null lets the
    /// client create one. Give one of your own if your program may send the event again after its own restart.
    /// </summary>
    [JsonIgnore]
    public string? EventId { get; set; }

    /// <summary>When it happened; null for when it is handed over.</summary>
    [JsonIgnore]
    public DateTimeOffset? OccurredAt { get; set; }

    /// <summary>The touchpoint, such as <c>WEB</c>; null for the tenant's default.</summary>
    [JsonPropertyName("channel")]
    public string? Channel { get; set; }

    /// <summary>Two letters, such as <c>EN</c>; null for the tenant's default.</summary>
    [JsonPropertyName("language")]
    public string? Language { get; set; }

    /// <summary>Three letters of ISO 4217, such as <c>EUR</c>; null for the tenant's default.</summary>
    [JsonPropertyName("currency")]
    public string? Currency { get; set; }

    /// <summary>The name of the page or screen; every type but FORM needs one.</summary>
    [JsonPropertyName("page")]
    public string? Page { get; set; }

    /// <summary>A point of sale of the tenant; null for the tenant's default.</summary>
    [JsonPropertyName("pos")]
    public string? PointOfSale { get; set; }

    /// <summary>The browser it happened in, where an SDK knows it; null for the guest's own.</summary>
    [JsonPropertyName("browser_id")]
    public string? BrowserId { get; set; }

    /// <summary>The time that an SDK gave the event; leave it null for events of a backend.</summary>
    [JsonPropertyName("requested_at"), JsonConverter(typeof(MomentConverter))]
    public DateTimeOffset? RequestedAt { get; set; }

    /// <summary>Where the visitor came from.</summary>
    [JsonPropertyName("referrer")]
    public string? Referrer { get; set; }

    /// <summary>What the visitor searched for on the site.</summary>
    [JsonPropertyName("sc_search")]
    public JsonObject? SiteSearch { get; set; }

    /// <summary>Up to 50 attributes of your own: texts, numbers, booleans.</summary>
    [JsonIgnore]
    public JsonObject Ext => _ext ??= [];

    /// <summary>Attributes that the upstream keeps for the whole session.</summary>
    [JsonIgnore]
    public JsonObject SessionData => _sessionData ??= [];

    /// <summary>Any other attributes, such as <c>utm_source</c>.</summary>
    [JsonIgnore]
    public JsonObject More => _more ??= [];

    /// <summary><see cref="Ext"/> as it is written: not at all where it is empty.</summary>
    [JsonInclude, JsonPropertyName("ext")]
    internal JsonObject? WrittenExt => _ext is { Count: > 0 } ? _ext : null;

    /// <summary><see cref="SessionData"/> as it is written: not at all where it is empty.</summary>
    [JsonInclude, JsonPropertyName("session_data")]
    internal JsonObject? WrittenSessionData => _sessionData is { Count: > 0 } ? _sessionData : null;

    /// <summary><see cref="More"/> as it is written: its members beside the others.</summary>
    [JsonInclude, JsonExtensionData]
    internal IDictionary<string, JsonElement>? WrittenMore => FurtherMembers.Of(_more);

    /// <summary>Writes the Stream API's own event object.</summary>
    internal abstract void WriteTo(Utf8JsonWriter writer);
}
