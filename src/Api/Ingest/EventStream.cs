using System.Threading.Channels;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// One NDJSON stream, read and answered at the same time. Lines are recorded in slices, a few in parallel, and
/// answered in their order as soon as they are durable. If a client does not read its results, the service stops
/// reading its lines. Only a complete stream gets a summary.
/// </summary>
internal sealed class EventStream : IAsyncDisposable
{
    /// <summary>Maximum number of slices that are being recorded or wait to be answered.</summary>
    public const int SlicesInFlight = 4;

    // Allows for the envelope around an event of the largest size: its ids, the guest, a time.
    private const int EnvelopeBytes = 4 * 1024;

    private readonly HttpContext _context;
    private readonly Tenant _tenant;
    private readonly BulkRecorder _recorder;
    private readonly TimeProvider _time;
    private readonly IngestOptions _limits;
    private readonly LineReader _lines;
    private readonly GuestOrder _order = new();
    private readonly SemaphoreSlim _slots = new(SlicesInFlight);
    private readonly CancellationTokenSource _cut;
    private readonly ITimer _idle;
    private TimeSpan _readNoEarlier;

    public EventStream(
        HttpContext context, Tenant tenant, BulkRecorder recorder, IngestOptions limits, TimeProvider time)
    {
        _context = context;
        _tenant = tenant;
        _recorder = recorder;
        _limits = limits;
        _time = time;
        _lines = new LineReader(context.Request.BodyReader, limits.EventBytes + EnvelopeBytes);
        _cut = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        _idle = time.CreateTimer(_ => Cut(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the stream without a summary; lines that were read by then are recorded and answered.</summary>
    public void Cut()
    {
        _cut.Cancel();
        _context.Request.BodyReader.StopReading();
    }

    public async Task ServeAsync()
    {
        if (_context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (_context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        _context.Response.ContentType = Ndjson.ContentType;
        _context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await _context.Response.BodyWriter.FlushAsync(_context.RequestAborted);

        var slices = Channel.CreateUnbounded<Task<List<EventResult>>>();
        var answering = AnswerAsync(slices.Reader);
        var fault = await ReadAsync(slices.Writer);
        slices.Writer.Complete(fault);
        try
        {
            await answering;
        }
        catch (OperationCanceledException)
        {
            // This service cut the stream, or its client is gone. Recorded events stay; the missing summary tells it.
            // There is no reset, because it would drop results that the client has not read. The server itself stops
            // requesting the body.
        }
        finally
        {
            // Nothing waits for these slices any more, but they still hold this stream's share of the host's memory.
            while (slices.Reader.TryRead(out var slice))
                await ((Task)slice).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _idle.DisposeAsync();
        _cut.Dispose();
        _slots.Dispose();
    }

    /// <returns>Why reading ended before the end of the body; null at its end.</returns>
    private async Task<Exception?> ReadAsync(ChannelWriter<Task<List<EventResult>>> slices)
    {
        try
        {
            while (true)
            {
                await _slots.WaitAsync(_cut.Token);
                await KeepToRateAsync();
                _idle.Change(_limits.StreamIdle, Timeout.InfiniteTimeSpan);
                var lines = await _lines.ReadAsync(_tenant.Envelopes);
                _idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                if (lines.Count == 0)
                    return null;
                _readNoEarlier = EarliestAfter(lines.Count);
                slices.TryWrite(RecordAsync(lines));
            }
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    private async Task<List<EventResult>> RecordAsync(List<CheckedLine> lines)
    {
        var results = await _recorder.RecordAsync(_tenant, [.. lines.Select(line => line.Check)], _order);
        return [.. results.Select((result, at) => result with { Line = lines[at].Number })];
    }

    private async Task AnswerAsync(ChannelReader<Task<List<EventResult>>> slices)
    {
        var output = _context.Response.BodyWriter;
        using var writer = new NdjsonWriter(output);
        try
        {
            await foreach (var slice in slices.ReadAllAsync())
            {
                foreach (var result in await slice)
                    writer.Write(result);
                var flushed = await output.FlushAsync(_context.RequestAborted);
                if (flushed.IsCompleted)
                    throw new OperationCanceledException("The client stopped reading.");
                _slots.Release();
            }

            writer.WriteSummary();
        }
        catch
        {
            // No further line can be answered, so none is read.
            Cut();
            throw;
        }
    }

    private async Task KeepToRateAsync()
    {
        var wait = _readNoEarlier - Now;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _time, _cut.Token);
    }

    // Monotonic time, so that a change of the clock delays no stream.
    private TimeSpan Now => _time.GetElapsedTime(0, _time.GetTimestamp());

    private TimeSpan EarliestAfter(int lines)
    {
        if (_limits.StreamLinesPerSecond == 0)
            return default;
        var now = Now;
        var from = _readNoEarlier > now ? _readNoEarlier : now;
        return from + TimeSpan.FromSeconds((double)lines / _limits.StreamLinesPerSecond);
    }
}
