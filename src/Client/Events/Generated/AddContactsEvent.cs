// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>ADD_CONTACTS</c>.</summary>
/// <remarks>Source: https://doc.sitecore.com/personalize/en/developers/api/add_contacts-event.html.</remarks>
public sealed class AddContactsEvent() : GuestEvent("ADD_CONTACTS")
{
    /// <summary>An array of objects.</summary>
    [JsonPropertyName("contact")]
    public required IList<Contact> Contact { get; set; }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.AddContactsEvent);
}

/// <summary>An item of <c>contact</c>.</summary>
public sealed class Contact
{
    /// <summary>A string.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; set; }

    /// <summary>A string. The spelling is unverified.</summary>
    [JsonPropertyName("firstname")]
    public string? Firstname { get; set; }

    /// <summary>A string. The spelling is unverified.</summary>
    [JsonPropertyName("lastname")]
    public string? Lastname { get; set; }

    /// <summary>An array of objects. The spelling is unverified.</summary>
    [JsonPropertyName("identifiers")]
    public JsonArray? Identifiers { get; set; }

    /// <summary>A string.</summary>
    [JsonPropertyName("email")]
    public string? Email { get; set; }

    /// <summary>Any other attributes.</summary>
    [JsonIgnore]
    public JsonObject More { get; } = [];

    /// <summary><see cref="More"/> as it is written.</summary>
    [JsonInclude, JsonExtensionData]
    internal IDictionary<string, JsonElement>? WrittenMore => FurtherMembers.Of(More);
}
