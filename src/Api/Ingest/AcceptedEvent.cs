using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// The <see cref="IngestAnswer"/> to one event, which is the most frequent of all answers. It is written piece by piece, because the
/// serializer allocates for objects within objects.
/// </summary>
internal sealed class AcceptedEvent(string guest, EventResult result) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status202Accepted;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        JsonAnswer.Write(
            httpContext.Response, StatusCodes.Status202Accepted, JsonAnswer.ContentType, this,
            static (json, answer) => answer.WriteTo(json));
        return Task.CompletedTask;
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("guest"u8, guest);
        json.WriteStartArray("results"u8);
        JsonSerializer.Serialize(json, result, ApiJson.Default.EventResult);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
