using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GuestSessions.ServiceDefaults.Options;

namespace GuestSessions.Clustering.Tls;

/// <summary>
/// The certificates on disk. Handshakes check at most once a second whether a file is newer; open connections keep theirs.
/// If the files cannot be read, for example because only some are replaced yet, the previous certificates stay in use.
/// </summary>
internal sealed class CertificateFiles
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _turn = new();
    private readonly ClusterTlsOptions _options;
    private readonly TimeProvider _time;
    private Certificates _current;
    private DateTime _written;
    private long _lookedAt;

    /// <exception cref="CryptographicException">The files are not a certificate, its key and an authority.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public CertificateFiles(ClusterTlsOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _written = LastWritten();
        _lookedAt = time.GetTimestamp();
        _current = Read();
    }

    public Certificates Current
    {
        get
        {
            lock (_turn)
            {
                if (_time.GetElapsedTime(_lookedAt) > Interval)
                    Look();
                return _current;
            }
        }
    }

    private void Look()
    {
        _lookedAt = _time.GetTimestamp();
        try
        {
            var written = LastWritten();
            if (written == _written)
                return;
            _current = Read();
            _written = written;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or CryptographicException or ArgumentException)
        {
            // The next check retries.
        }
    }

    private DateTime LastWritten() => Files.Max(static file => File.GetLastWriteTimeUtc(file));

    private Certificates Read()
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(_options.Authority!);
        return new Certificates(X509Certificate2.CreateFromPemFile(_options.Certificate!, _options.Key), authorities);
    }

    private string[] Files => [_options.Certificate!, _options.Key!, _options.Authority!];
}

/// <param name="Own">With its private key.</param>
internal sealed record Certificates(X509Certificate2 Own, X509Certificate2Collection Authorities);
