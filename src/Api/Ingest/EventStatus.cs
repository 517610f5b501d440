using System.Text.Json.Serialization;

namespace GuestSessions.Api.Ingest;

[JsonConverter(typeof(JsonStringEnumConverter<EventStatus>))]
public enum EventStatus
{
    /// <summary>Durable, in the guest's order.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>The same event was durable already.</summary>
    [JsonStringEnumMemberName("duplicate")]
    Duplicate,

    /// <summary>It can never be taken as it is, and used up no id.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>Nothing was stored: the same event can come again.</summary>
    [JsonStringEnumMemberName("retry")]
    Retry,
}
