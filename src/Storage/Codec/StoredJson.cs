using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Rejections;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Codec;

/// <summary>
/// The form of stored JSON: snake_case, strict on reading. A required member is always written. An optional one is written
/// only when it differs from its default, so that a new member leaves older rows as they are.
/// </summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new(JournalJson.Default.Options)
    {
        // An event nests at most 64 levels (IngestOptions.JsonDepth); the rest is for the levels around it.
        MaxDepth = 96,
        // Stored JSON is never embedded in HTML, so that names of people and products stay readable and short.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = JournalJson.Default.WithAddedModifier(WriteRequiredMembers),
    };

    public static JsonTypeInfo<SessionEvent> Event { get; } =
        (JsonTypeInfo<SessionEvent>)Options.GetTypeInfo(typeof(SessionEvent));

    public static JsonTypeInfo<SessionSnapshot> Snapshot { get; } =
        (JsonTypeInfo<SessionSnapshot>)Options.GetTypeInfo(typeof(SessionSnapshot));

    public static JsonTypeInfo<TenantDeliveryRecord> Tenant { get; } =
        (JsonTypeInfo<TenantDeliveryRecord>)Options.GetTypeInfo(typeof(TenantDeliveryRecord));

    public static JsonTypeInfo<OperationRecord> Operation { get; } =
        (JsonTypeInfo<OperationRecord>)Options.GetTypeInfo(typeof(OperationRecord));

    public static JsonTypeInfo<Rejection> Rejection { get; } =
        (JsonTypeInfo<Rejection>)Options.GetTypeInfo(typeof(Rejection));

    public static JsonTypeInfo<HistorySlice[]> History { get; } =
        (JsonTypeInfo<HistorySlice[]>)Options.GetTypeInfo(typeof(HistorySlice[]));

    private static void WriteRequiredMembers(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            if (member.IsRequired)
                member.ShouldSerialize = static (_, _) => true;
        }
    }
}
