using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GuestSessions.Api.Ingest;

/// <summary>Writes and counts results as lines, and writes the summary at the end.</summary>
internal sealed class NdjsonWriter(PipeWriter output) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(output, JsonAnswer.WriterOptions);
    private readonly long[] _counts = new long[Enum.GetValues<EventStatus>().Length];

    public void Write(EventResult result)
    {
        _counts[(int)result.Status]++;
        WriteLine(result, ApiJson.Default.EventResult);
    }

    public void WriteSummary() => WriteLine(
        new StreamSummary(new StreamTotals(
            _counts.Sum(),
            _counts[(int)EventStatus.Accepted],
            _counts[(int)EventStatus.Duplicate],
            _counts[(int)EventStatus.Rejected],
            _counts[(int)EventStatus.Retry])),
        ApiJson.Default.StreamSummary);

    public void Dispose() => _json.Dispose();

    private void WriteLine<T>(T value, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(_json, value, type);
        _json.Flush();
        _json.Reset();
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
    }
}
