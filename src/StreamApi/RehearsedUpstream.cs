using System.Diagnostics.Metrics;
using System.Text;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GuestSessions.StreamApi;

/// <summary>An upstream within this process that accepts everything, for a rehearsal of the client.</summary>
public sealed class RehearsedUpstream(IOptions<SessionsOptions> options, IMeterFactory meters, TimeProvider time) : IDisposable
{
    private readonly StreamClient _client = new(
        options, new UpstreamInstruments(meters), NullLogger<StreamClient>.Instance, time,
        handler =>
        {
            handler.ConnectCallback = static (_, _) => new ValueTask<Stream>(new Connection());
            handler.MeterFactory = meters;
        });

    /// <summary>A client as in production, whose connections lead to this upstream, whatever address they are for.</summary>
    public IStreamClient Client => _client;

    public void Dispose() => _client.Dispose();

    /// <summary>Answers one request after the other. The client writes no other before it has read the answer.</summary>
    private sealed class Connection : Stream
    {
        private readonly SemaphoreSlim _answers = new(0);
        private string _status = "";

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Span.IndexOf("\r\n\r\n"u8) >= 0) // Ends the head of each request, and is in no body.
            {
                _status = buffer.Span.StartsWith("GET"u8) ? "200 OK" : "201 Created";
                _answers.Release();
            }

            return ValueTask.CompletedTask;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty)
                return 0; // The client waits for data with an empty buffer.
            await _answers.WaitAsync(cancellationToken);
            var body = $$"""{"status":"OK","ref":"{{Guid.NewGuid()}}","customer_ref":"{{Guid.NewGuid()}}"}""";
            return Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {_status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}", buffer.Span);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _answers.Dispose();
            base.Dispose(disposing);
        }
    }
}
