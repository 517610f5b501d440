// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>SEARCH</c>.</summary>
/// <remarks>Source: https://doc.sitecore.com/personalize/en/developers/api/search-event-1166450.html.</remarks>
public sealed class SearchEvent() : GuestEvent("SEARCH")
{
    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("product_name")]
    public required string ProductName { get; set; }

    /// <summary>A string in upper case.</summary>
    [JsonPropertyName("product_type")]
    public required string ProductType { get; set; }

    /// <summary>One of OW, RT. Required if product_type is FLIGHT.</summary>
    [JsonPropertyName("flight_type")]
    public string? FlightType { get; set; }

    /// <summary>An airport's three letters of IATA in upper case, like DUB. Required if product_type is FLIGHT.</summary>
    [JsonPropertyName("origin")]
    public string? Origin { get; set; }

    /// <summary>An airport's three letters of IATA in upper case, like DUB. Required if product_type is FLIGHT.</summary>
    [JsonPropertyName("destination")]
    public string? Destination { get; set; }

    /// <summary>A local time without zone, like 2026-11-23T10:15. Required if product_type is FLIGHT.</summary>
    [JsonPropertyName("start")]
    public string? Start { get; set; }

    /// <summary>A local time without zone, like 2026-11-23T10:15. Advised if flight_type is RT.</summary>
    [JsonPropertyName("end")]
    public string? End { get; set; }

    /// <summary>A whole number. The spelling is unverified.</summary>
    [JsonPropertyName("adults")]
    public long? Adults { get; set; }

    /// <summary>A whole number. The spelling is unverified.</summary>
    [JsonPropertyName("children")]
    public long? Children { get; set; }

    /// <summary>A whole number. The spelling is unverified.</summary>
    [JsonPropertyName("infants")]
    public long? Infants { get; set; }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.SearchEvent);
}
