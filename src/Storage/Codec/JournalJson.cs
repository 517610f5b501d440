using System.Text.Json;
using System.Text.Json.Serialization;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Rejections;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Codec;

/// <summary>
/// The stored types, with serializers that the compiler generates. <see cref="StoredJson"/> configures them.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(SnakeCaseEnumConverter<AttemptOutcome>), typeof(SnakeCaseEnumConverter<ConnectionUse>),
        typeof(SnakeCaseEnumConverter<TenantTrouble>),
    ])]
[JsonSerializable(typeof(SessionEvent))]
[JsonSerializable(typeof(SessionSnapshot))]
[JsonSerializable(typeof(TenantDeliveryRecord))]
[JsonSerializable(typeof(OperationRecord))]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(HistorySlice[]))]
internal sealed partial class JournalJson : JsonSerializerContext;
