using System.Buffers;
using System.IO.Pipelines;
using GuestSessions.Api.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// A complete request body, bounded before and while it is read. A small one stays in the server's own buffer; a large one
/// is copied into a pooled array. Neither may be used after disposal.
/// </summary>
internal struct RequestBody : IDisposable
{
    private readonly PipeReader _reader;
    private readonly SequencePosition _end;
    private byte[]? _pooled;

    private RequestBody(PipeReader reader, ReadOnlySequence<byte> bytes)
    {
        _reader = reader;
        _end = bytes.End;
        if (bytes.IsSingleSegment)
        {
            Bytes = bytes.First;
            return;
        }

        var length = (int)bytes.Length;
        _pooled = ArrayPool<byte>.Shared.Rent(length);
        bytes.CopyTo(_pooled);
        Bytes = _pooled.AsMemory(0, length);
    }

    /// <summary>Not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Reads the body; exactly one of the two results is null.</summary>
    /// <param name="request">Nothing may have read its body before.</param>
    /// <param name="limit">Bytes.</param>
    /// <param name="share">The request's share of the host's memory budget; null if it needs none.</param>
    public static async ValueTask<(RequestBody Body, Refusal? Refusal)> ReadAsync(
        HttpRequest request, int limit, BulkMemory.Share? share = null)
    {
        if (request.ContentLength > limit)
            return (default, Refusals.PayloadTooLarge(limit));

        // Replaces the server's own bound, which may be lower.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = null;

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadOnAsync();
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (default, Refusals.PayloadTooLarge(limit));
            }

            if (share?.TryGrowTo(read.Buffer.Length) == false)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (default, Refusals.BulkBusy());
            }

            if (read.IsCompleted)
                return (new RequestBody(reader, read.Buffer), null);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>
    /// Refuses a body that is not plain <paramref name="mediaType"/> in UTF-8; null when the body can be read.
    /// </summary>
    public static Refusal? CheckType(HttpRequest request, string mediaType)
        => IsEncoded(request) || !Is(request, mediaType) ? Refusals.UnsupportedMediaType(mediaType) : null;

    /// <summary>Whether the body claims to be <paramref name="mediaType"/> in UTF-8.</summary>
    public static bool Is(HttpRequest request, string mediaType)
    {
        var claimed = request.ContentType;
        if (mediaType.Equals(claimed, StringComparison.OrdinalIgnoreCase))
            return true;
        return MediaTypeHeaderValue.TryParse(claimed, out var parsed)
            && parsed.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
            && (!parsed.Charset.HasValue || IsUtf8(parsed.Charset));
    }

    /// <summary>Whether the body is compressed. It is refused then: a few bytes can expand to any number.</summary>
    public static bool IsEncoded(HttpRequest request)
        => request.Headers.ContentEncoding is { Count: > 0 } encodings
            && !encodings.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase);

    public void Dispose()
    {
        _reader?.AdvanceTo(_end);
        if (_pooled is not { } pooled)
            return;
        _pooled = null;
        ArrayPool<byte>.Shared.Return(pooled);
    }

    // Clients spell UTF-8 in several ways; ASCII is a subset of it.
    private static bool IsUtf8(StringSegment charset)
        => HeaderUtilities.RemoveQuotes(charset).ToString().Trim('\'', ' ').ToUpperInvariant()
            is "UTF-8" or "UTF8" or "UTF_8" or "US-ASCII" or "ASCII";
}
