using System.Buffers;
using System.Text;
using System.Text.Json;
using GuestSessions.Api;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;

namespace GuestSessions.Api.Tests.Ingest;

/// <summary>The most frequent answer is written piece by piece, and reads like every other.</summary>
public sealed class AcceptedEventTests
{
    [Theory]
    [InlineData("guest-1", "e1")]
    [InlineData("Zoë \"<&\\ \u2028", "ü/'+")]
    public void It_is_what_the_serializer_would_write(string guest, string eventId)
    {
        foreach (var warnings in (IReadOnlyList<ErrorBody>?[])[null, [new ErrorBody("/occurred_at", "clock_skew", "It is \"late\".")]])
        {
            var result = new EventResult { EventId = eventId, Status = EventStatus.Accepted, Sequence = 7, Warnings = warnings };

            var written = Written(new AcceptedEvent(guest, result).WriteTo);

            Assert.Equal(Written(json => JsonSerializer.Serialize(
                json, new IngestAnswer(guest, [result]), ApiJson.Default.IngestAnswer)), written);
        }
    }

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, JsonAnswer.WriterOptions))
            write(json);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
