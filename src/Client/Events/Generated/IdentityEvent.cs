// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>IDENTITY</c>.</summary>
/// <remarks>Source: https://doc.sitecore.com/personalize/en/developers/api/identity-event.html.</remarks>
public sealed class IdentityEvent() : GuestEvent("IDENTITY")
{
    /// <summary>An array of objects.</summary>
    [JsonPropertyName("identifiers")]
    public required IList<IdentityIdentifier> Identifiers { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("email")]
    public string? Email { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("firstname")]
    public string? Firstname { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("lastname")]
    public string? Lastname { get; set; }

    /// <summary>One of female, male, unknown.</summary>
    [JsonPropertyName("gender")]
    public string? Gender { get; set; }

    /// <summary>A date like 1990-02-03T00:00.</summary>
    [JsonPropertyName("dob")]
    public string? Dob { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("mobile")]
    public string? Mobile { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("phone")]
    public string? Phone { get; set; }

    /// <summary>An array of strings.</summary>
    [JsonPropertyName("street")]
    public IList<string>? Street { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("city")]
    public string? City { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("state")]
    public string? State { get; set; }

    /// <summary>A country of ISO 3166-1 alpha-2 in upper case, like IE.</summary>
    [JsonPropertyName("country")]
    public string? Country { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("postal_code")]
    public string? PostalCode { get; set; }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.IdentityEvent);
}

/// <summary>An item of <c>identifiers</c>.</summary>
public sealed class IdentityIdentifier
{
    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("provider")]
    public required string Provider { get; set; }

    /// <summary>A string that is not empty.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("expiry_date")]
    public string? ExpiryDate { get; set; }
}
