using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Clustering.Tls;

/// <summary>
/// One handshake of a host with itself before it joins. The first handshake in a process takes a hundred times as long as
/// the next; on a busy machine the others would time out and declare the new host dead. It also reports unusable
/// certificates.
/// </summary>
internal sealed class TlsRehearsal(MutualTls tls) : IHostedLifecycleService
{
    /// <exception cref="InvalidOperationException">The other hosts would reject this one.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ShakeHandsAsync(cancellationToken);
        }
        catch (AuthenticationException refused)
        {
            throw new InvalidOperationException(
                "The cluster would reject this host's own certificate. It must be signed by Sessions:Cluster:Tls:Authority "
                + "and valid now, and Sessions:Cluster:Tls:Names must be empty or contain its name.", refused);
        }
    }

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        var there = new Pipe();
        var back = new Pipe();
        await using var server = new SslStream(new PipeStream(there.Reader, back.Writer));
        await using var client = new SslStream(new PipeStream(back.Reader, there.Writer));
        var own = tls.Own;
        await Task.WhenAll(
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = own,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = IsOurs,
            }, cancellationToken),
            client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = MutualTls.AnyName,
                ClientCertificates = [own],
                RemoteCertificateValidationCallback = IsOurs,
            }, cancellationToken));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is X509Certificate2 shown && tls.IsOurs(shown, errors);

    /// <summary>Two pipes as one stream.</summary>
    private sealed class PipeStream(PipeReader reader, PipeWriter writer) : Stream
    {
        private readonly Stream _in = reader.AsStream();
        private readonly Stream _out = writer.AsStream();

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _in.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _out.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => _out.FlushAsync(cancellationToken);

        public override void Flush() => _out.Flush();
        public override int Read(byte[] buffer, int offset, int count) => _in.Read(buffer, offset, count);
        public override void Write(byte[] buffer, int offset, int count) => _out.Write(buffer, offset, count);
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _in.Dispose();
                _out.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
