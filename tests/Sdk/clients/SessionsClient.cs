using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.NSwag;

/// <summary>NSwag writes members without a value as null, which an event may not have.</summary>
public partial class SessionsClient
{
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) =>
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
}
