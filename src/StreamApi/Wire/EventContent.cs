using System.Net;
using System.Net.Http.Headers;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// An event's body on its way to the socket. It is the one place that knows whether a request may have left:
/// validity is checked immediately before the first byte is handed over, and from then on the request counts
/// as gone.
/// </summary>
/// <remarks>
/// The body is handed over once, ever. The handler asks a second time when the peer said that it did not process
/// the first (a refused HTTP/2 stream, or one beyond the last of a GOAWAY); it gets nothing, because the durable
/// schedule is the only one who retries.
/// </remarks>
internal sealed class EventContent : HttpContent
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Expired = 2;
    private const int Withdrawn = 3;
    private const int Declined = 4;

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

    /// <summary>The peer said that it did not process the request, and the handler wanted to send it again.</summary>
    public bool WasDeclined => Volatile.Read(ref _state) == Declined;

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
        if (Interlocked.CompareExchange(ref _state, Declined, Begun) is Begun)
            throw new NotWrittenException("The peer declined the request; it is not sent again from here.");
        if (_time.GetTimestamp() > _validUntil)
        {
            Interlocked.CompareExchange(ref _state, Expired, Waiting);
            throw new NotWrittenException("The start's validity ran out before the request was written.");
        }

        if (Interlocked.CompareExchange(ref _state, Begun, Waiting) is not Waiting)
            throw new NotWrittenException("The request was given up before it was written.");
        Exchange.Current?.Leaves();
    }
}
