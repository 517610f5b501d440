// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>VIEW</c>.</summary>
/// <remarks>Source: npm @sitecore-cloudsdk/events 0.6.1, as sent.</remarks>
public sealed class ViewEvent() : GuestEvent("VIEW")
{
    /// <summary><c>ext.pageVariantId</c>: A string. The spelling is unverified.</summary>
    [JsonIgnore]
    public string? PageVariantId
    {
        get => (string?)Ext["pageVariantId"];
        set => Ext["pageVariantId"] = value;
    }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.ViewEvent);
}
