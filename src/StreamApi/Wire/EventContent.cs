using System.Net;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// The body of an event. Only this class knows whether a request may have been sent: it checks the validity
/// immediately before it hands over the first byte, and from then on the request counts as sent.
/// </summary>
/// <remarks>
/// The body is handed over only once. The handler asks a second time if the peer reported that it did not process the
/// first (a refused HTTP/2 stream, or one beyond the last of a GOAWAY). It then gets nothing, because only the
/// durable schedule retries.
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
    private bool _isWritten;

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
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    /// <summary>The start expired before the first byte, so nothing was sent.</summary>
    public bool HasExpired => Volatile.Read(ref _state) == Expired;

    /// <summary>The peer reported that it did not process the request, and the handler tried to send it again.</summary>
    public bool WasDeclined => Volatile.Read(ref _state) == Declined;

    /// <summary>
    /// The connection has its own copy of the whole body, and does not read the body's memory again.
    /// </summary>
    /// <remarks>
    /// An HTTP/2 answer can be over while the body is still being written. Not even the end of a failed write shows
    /// that nobody reads the memory any more.
    /// </remarks>
    public bool IsWritten => Volatile.Read(ref _isWritten);

    /// <summary>
    /// Withdraws the request. True if no byte was handed over and none ever will be; false if it may have been sent.
    /// </summary>
    /// <remarks>
    /// A cancelled HTTP/2 request can end while its body is about to be written on another thread. Reading a flag
    /// would report such a request as unsent just before it is sent.
    /// </remarks>
    public bool Withdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) is not Begun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begin();
        await stream.WriteAsync(_body, cancellationToken);
        Volatile.Write(ref _isWritten, true);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    private void Begin()
    {
        if (Interlocked.CompareExchange(ref _state, Declined, Begun) is Begun)
            throw new NotWrittenException("The peer declined the request. The connection does not send it again.");
        if (_time.GetTimestamp() > _validUntil)
        {
            Interlocked.CompareExchange(ref _state, Expired, Waiting);
            throw new NotWrittenException("The start's validity expired before the request was written.");
        }

        if (Interlocked.CompareExchange(ref _state, Begun, Waiting) is not Waiting)
            throw new NotWrittenException("The request was withdrawn before it was written.");
        Exchange.Current?.Leaves();
    }
}
