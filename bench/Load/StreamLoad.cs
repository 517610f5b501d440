using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace GuestSessions.Bench.Load;

/// <summary>
/// One NDJSON stream over HTTP/2 in clear text: lines as fast as they are taken, each result checked for its place.
/// </summary>
internal sealed class StreamLoad(int port, int guests)
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private long _answered;

    /// <summary>Lines answered so far.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <exception cref="InvalidOperationException">A result is missing, out of its place, or a rejection.</exception>
    public async Task<StreamResult> RunAsync(int lines)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/v1/events")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new Lines(_run, lines, guests),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LoadConnection.Secret);
        var started = Stopwatch.GetTimestamp();
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var summary = await CheckAsync(PipeReader.Create(await response.Content.ReadAsStreamAsync()), lines);
        return new StreamResult(lines, Stopwatch.GetElapsedTime(started), summary);
    }

    private async Task<string> CheckAsync(PipeReader results, int lines)
    {
        while (true)
        {
            var read = await results.ReadAsync();
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(buffer.Slice(0, end));
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                if (Answered == lines)
                    return line.StartsWith("{\"summary\"", StringComparison.Ordinal)
                        ? line
                        : throw new InvalidOperationException($"Expected the summary; got {line}");
                Check(line);
            }

            results.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                throw new InvalidOperationException($"The stream ended after {Answered} results.");
        }
    }

    private void Check(string line)
    {
        // A service short of processor time may answer retry; which line is answered is never in doubt.
        var place = string.Create(CultureInfo.InvariantCulture, $"\"line\":{Answered + 1},");
        if (!line.Contains(place, StringComparison.Ordinal)
            || line.Contains("\"status\":\"rejected\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"Expected {place} accepted; got {line}");
        Interlocked.Increment(ref _answered);
    }

    private sealed class Lines : HttpContent
    {
        private const int ChunkBytes = 32 * 1024;

        private readonly string _run;
        private readonly int _count;
        private readonly int _guests;

        public Lines(string run, int count, int guests)
        {
            (_run, _count, _guests) = (run, count, guests);
            Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new ArrayBufferWriter<byte>(2 * ChunkBytes);
            for (var line = 0; line < _count; line++)
            {
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{{\"guest\":\"guest-{line % _guests}\",\"event_id\":\"{_run}-{line:D10}\",{LoadConnection.Occurred}{LoadConnection.Event}\n"),
                    chunk);
                if (chunk.WrittenCount < ChunkBytes && line < _count - 1)
                    continue;
                await stream.WriteAsync(chunk.WrittenMemory);
                await stream.FlushAsync();
                chunk.ResetWrittenCount();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

/// <param name="Summary">The last line of the answer.</param>
internal sealed record StreamResult(int Lines, TimeSpan Elapsed, string Summary)
{
    public double PerSecond => Lines / Elapsed.TotalSeconds;
}
