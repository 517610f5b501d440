using System.Buffers;
using System.Text;
using System.Text.Json;
using GuestSessions.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Live;

/// <summary>
/// One live stream. It asks the guest for a page, writes it, and asks for the next only when the reader has taken that: what
/// it holds is one page, however much happens. A reader who does not take a page in time is cut off.
/// </summary>
internal sealed class LiveStream(HttpContext context, LinkedWatch watch, TimeProvider time)
{
    public const string ContentType = "text/event-stream";

    /// <summary>How long the guest is asked to wait; then the reader gets a comment, so that both sides know of the other.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long a reader may take over a page.</summary>
    public static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(10);

    private readonly HttpResponse _response = context.Response;

    public async Task ServeAsync(WatchedPage first, CancellationToken end)
    {
        _response.ContentType = ContentType;
        _response.Headers.CacheControl = "no-store";
        // Proxies that gather answers would hold the messages back.
        _response.Headers["X-Accel-Buffering"] = "no";
        Write("open", first.Place, "{}"u8);
        try
        {
            for (var page = first; page is { IsFull: false }; page = await NextAsync(page.Place, end))
            {
                Write(page);
                if (!await FlushAsync())
                    return;
            }
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault) || end.IsCancellationRequested)
        {
            // The stream ends where a message does; the reader comes again with the id that it got last.
        }
    }

    private async Task<WatchedPage?> NextAsync(WatchedPlace after, CancellationToken end) =>
        await watch.WatchAsync(after, Patience).WaitAsync(end);

    private void Write(WatchedPage page)
    {
        if (page.HasGap)
            Write("gap", page.Place, "{}"u8);

        // Only the last message of a page has an id: who is cut off within it gets all of it again.
        for (var i = 0; i < page.Events.Count; i++)
        {
            var item = JsonSerializer.SerializeToUtf8Bytes(page.Events[i], ApiJson.Default.EventItem);
            Write(type: null, i == page.Events.Count - 1 ? page.Place : null, item);
        }

        if (page.Events.Count == 0 && !page.HasGap)
            _response.BodyWriter.Write(": \n\n"u8);
    }

    private void Write(string? type, WatchedPlace? id, ReadOnlySpan<byte> json)
    {
        if (id is { } place)
            Write($"id: {place}\n");
        if (type is not null)
            Write($"event: {type}\n");
        _response.BodyWriter.Write("data: "u8);
        _response.BodyWriter.Write(json);
        _response.BodyWriter.Write("\n\n"u8);
    }

    private void Write(string text) => _response.BodyWriter.Write(Encoding.UTF8.GetBytes(text));

    /// <returns>False when the reader was cut off.</returns>
    private async Task<bool> FlushAsync()
    {
        using var slow = new CancellationTokenSource(LongestWrite, time);
        try
        {
            // A flush that is cancelled breaks the stream off; the end of the host lets this page be read.
            await _response.BodyWriter.FlushAsync(context.RequestAborted).AsTask().WaitAsync(slow.Token);
            return true;
        }
        catch (OperationCanceledException) when (slow.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
            return false;
        }
    }
}
