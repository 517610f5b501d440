using System.Buffers;
using System.Text;
using System.Text.Json;
using GuestSessions.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Live;

/// <summary>
/// One live stream. It asks the guest for a page, writes it, and asks for the next only when the reader has read that one.
/// So it holds one page, however much happens. A reader that does not read a page in time is cut off.
/// </summary>
internal sealed class LiveStream(HttpContext context, LinkedWatch watch, TimeProvider time)
{
    public const string ContentType = "text/event-stream";

    /// <summary>How long to wait for a change; then the reader gets a comment, which keeps the connection alive.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long a reader may take to read a page.</summary>
    public static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(10);

    private readonly HttpResponse _response = context.Response;

    public async Task ServeAsync(WatchedPage first, CancellationToken end)
    {
        _response.ContentType = ContentType;
        _response.Headers.CacheControl = "no-store";
        // Tells proxies not to buffer the messages.
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
            // The stream ends after a complete message; the reader reconnects with the last id that it received.
        }
    }

    private async Task<WatchedPage?> NextAsync(WatchedPlace after, CancellationToken end) =>
        await watch.WatchAsync(after, Patience).WaitAsync(end);

    private void Write(WatchedPage page)
    {
        if (page.HasGap)
            Write("gap", page.Place, "{}"u8);

        // Only the last message of a page has an id, so a reader that is cut off within a page gets the whole page again.
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
            // Cancelling a flush would break the stream off, so the end of the host still lets the reader read this page.
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
