using System.Text;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>Requests byte for byte, where a client would write the address otherwise.</summary>
internal static class RawRequests
{
    public static async Task<Answer> GetRawAsync(this ApiHost api, string target)
    {
        using var handler = new SocketsHttpHandler
        {
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new Rewriting(context.PlaintextStream, target)),
        };
        using var client = new HttpClient(handler) { BaseAddress = api.Address };
        return await Answer.ReadAsync(await client.GetAsync("/raw"));
    }

    /// <summary>Puts the target as it is into the first request line.</summary>
    private sealed class Rewriting(Stream inner, string target) : Stream
    {
        private bool _written;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_written)
                return inner.WriteAsync(buffer, cancellationToken);
            _written = true;
            var request = Encoding.ASCII.GetString(buffer.Span).Replace("GET /raw ", $"GET {target} ", StringComparison.Ordinal);
            return inner.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => inner.ReadAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
        public override void Flush() => inner.Flush();
        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
