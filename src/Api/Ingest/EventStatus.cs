using System.Text.Json.Serialization;

namespace GuestSessions.Api.Ingest;

[JsonConverter(typeof(JsonStringEnumConverter<EventStatus>))]
public enum EventStatus
{
    /// <summary>Durable, in the guest's order.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>The same event was already durable.</summary>
    [JsonStringEnumMemberName("duplicate")]
    Duplicate,

    /// <summary>The event can never be accepted as it is. It did not use up its id.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>Nothing was stored. Retry the same event.</summary>
    [JsonStringEnumMemberName("retry")]
    Retry,
}
