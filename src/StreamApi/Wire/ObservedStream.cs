using GuestSessions.Core.Delivery;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// Observes a connection: tells each exchange whether it is the first to use the connection. HTTP/1.1 writes a request
/// in the sender's asynchronous flow, so the current exchange is known here.
/// </summary>
internal sealed class ObservedStream(Stream connection) : Stream
{
    private bool _isUsed;

    public override bool CanRead => connection.CanRead;
    public override bool CanSeek => false;
    public override bool CanWrite => connection.CanWrite;
    public override bool CanTimeout => connection.CanTimeout;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Tell();
        return connection.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Tell();
        connection.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        connection.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(Span<byte> buffer) => connection.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => connection.Read(buffer, offset, count);

    public override void Flush() => connection.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            connection.Dispose();
        base.Dispose(disposing);
    }

    private void Tell()
    {
        // An exchange keeps the first that it is told, so its further writes to a fresh connection change nothing.
        Exchange.Current?.Writes(_isUsed ? ConnectionUse.Pooled : ConnectionUse.Fresh);
        _isUsed = true;
    }
}
