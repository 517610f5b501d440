using System.Net;
using System.Net.Http.Headers;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// An event's body on its way to the socket. It is the one place that knows whether a request may have left:
/// validity is checked immediately before the first byte is handed over, and from then on the request counts
/// as gone.
/// </summary>
/// <remarks>
/// The handler may ask for the body a second time only after the peer said that it did not process the first
/// (a refused HTTP/2 stream). Validity is then checked again.
/// </remarks>
internal sealed class EventContent : HttpContent
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Expired = 2;
    private const int Withdrawn = 3;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly long _validUntil;
    private readonly TimeProvider _time;
    private int _state = Waiting;

    /// <param name="body">The composed JSON.</param>
    /// <param name="validUntil">
    /// The <see cref="TimeProvider.GetTimestamp"/> after which it must not be written.
    /// </param>
    /// <param name="time">The clock of <paramref name="validUntil"/>.</param>
    public EventContent(ReadOnlyMemory<byte> body, long validUntil, TimeProvider time)
    {
        _body = body;
        _validUntil = validUntil;
        _time = time;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Its validity ran out before the first byte, so that nothing left.</summary>
    public bool HasExpired => Volatile.Read(ref _state) == Expired;

    /// <summary>
    /// Gives the request up. True when no byte was handed over and none ever will be; false when it may have
    /// left.
    /// </summary>
    /// <remarks>
    /// A cancelled HTTP/2 request can end while its body is about to be written on another thread. Reading a
    /// flag would call such a request unsent just before it leaves.
    /// </remarks>
    public bool Withdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) is not Begun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begin();
        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    private void Begin()
    {
        if (_time.GetTimestamp() > _validUntil)
        {
            Interlocked.CompareExchange(ref _state, Expired, Waiting);
            throw new NotWrittenException("The start's validity ran out before the request was written.");
        }

        if (Interlocked.CompareExchange(ref _state, Begun, Waiting) is Expired or Withdrawn)
            throw new NotWrittenException("The request was given up before it was written.");
    }
}
