using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.Lists;
using GuestSessions.Api.Operations;
using GuestSessions.Api.Privacy;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Replay;
using GuestSessions.Api.Reveal;
using GuestSessions.Api.Support;
using GuestSessions.Api.Tenants;

namespace GuestSessions.Api;

/// <summary>
/// Source-generated serialization of every body that the API writes. The OpenAPI document reads its schemas from here too.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(IngestAnswer))]
[JsonSerializable(typeof(BulkAnswer))]
[JsonSerializable(typeof(EventResult))]
[JsonSerializable(typeof(StreamSummary))]
[JsonSerializable(typeof(EnvelopeBody))]
[JsonSerializable(typeof(EventsBody))]
[JsonSerializable(typeof(GuestEnvelopeBody[]))]
[JsonSerializable(typeof(IdentifiersBody))]
[JsonSerializable(typeof(IdentifiersAnswer))]
[JsonSerializable(typeof(GuestBody))]
[JsonSerializable(typeof(ItemList<EventItem>))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(ItemList<LinkedLineBody>))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(SearchBody))]
[JsonSerializable(typeof(FlushBody))]
[JsonSerializable(typeof(DeliveryActBody))]
[JsonSerializable(typeof(TenantDeliveryBody))]
[JsonSerializable(typeof(RedriveBody))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(ResolveBody))]
[JsonSerializable(typeof(GuestPauseBody))]
[JsonSerializable(typeof(ItemList<AsideBody>))]
[JsonSerializable(typeof(ItemList<BacklogBody>))]
[JsonSerializable(typeof(ItemList<AuditBody>))]
[JsonSerializable(typeof(DeliveryHealthBody))]
[JsonSerializable(typeof(ItemList<HealthSliceBody>))]
[JsonSerializable(typeof(BulkActBody))]
[JsonSerializable(typeof(BulkResolveBody))]
[JsonSerializable(typeof(AsideGroupsBody))]
[JsonSerializable(typeof(BulkPlanBody))]
[JsonSerializable(typeof(OperationBody))]
[JsonSerializable(typeof(ItemList<OperationBody>))]
[JsonSerializable(typeof(ItemList<OperationItemBody>))]
[JsonSerializable(typeof(ErasuresBody))]
[JsonSerializable(typeof(ConsentRequestBody))]
[JsonSerializable(typeof(ConsentBody))]
[JsonSerializable(typeof(LiftedBody))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(RevealBody))]
[JsonSerializable(typeof(RevealedBody))]
[JsonSerializable(typeof(ReplayBody))]
[JsonSerializable(typeof(ReplayPreviewBody))]
[JsonSerializable(typeof(ClosingAnswer))]
[JsonSerializable(typeof(ItemList<RejectionItem>))]
[JsonSerializable(typeof(ItemList<ExtTypeBody>))]
[JsonSerializable(typeof(ExtTypesResetBody))]
[JsonSerializable(typeof(ExtTypesResetAnswer))]
[JsonSerializable(typeof(IngressReceipt))]
[JsonSerializable(typeof(IngressError))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary>Times are RFC 3339 in UTC with milliseconds.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[Format.Length];
        value.UtcDateTime.TryFormat(text, out var written, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }
}
