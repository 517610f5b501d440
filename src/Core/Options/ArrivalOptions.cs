using System.ComponentModel.DataAnnotations;

namespace GuestSessions.Core.Options;

/// <summary>
/// What a host bears of connections, and of requests whose bodies are still coming. The ingress and the API have these
/// bounds apart. Bounds by address leave out the networks of <c>Ingress:TrustedProxies</c>.
/// </summary>
public sealed class ArrivalOptions
{
    /// <summary>
    /// Connections. Beyond, the oldest one that never carried a request is closed; then the one that has been idle longest,
    /// of the network (IPv4 address, IPv6 /48) that has the most.
    /// <value>16,384</value>
    /// </summary>
    [Range(16, 1_000_000)]
    public int Connections { get; set; } = 16_384;

    /// <summary>
    /// Connections of one address, which is a /64 for IPv6. Beyond, the one of it that has been idle longest is closed.
    /// <value>2,048</value>
    /// </summary>
    [Range(8, 1_000_000)]
    public int ConnectionsPerAddress { get; set; } = 2_048;

    /// <summary>
    /// Requests whose bodies are coming. Beyond, the one that has been coming longest is rejected with 503, of the address
    /// that has the most. <value>8,192; of the ingress 2,048</value>
    /// </summary>
    [Range(16, 1_000_000)]
    public int Unfinished { get; set; } = 8_192;

    /// <summary>The same of one address. <value>2,048; of the ingress 256</value></summary>
    [Range(8, 1_000_000)]
    public int UnfinishedPerAddress { get; set; } = 2_048;

    /// <summary>
    /// Bytes that have come of such bodies. Beyond, the newest of the large ones is rejected with 503, of the address that
    /// has the most. <value>128 MB; of the ingress 32 MB</value>
    /// </summary>
    [Range(64L * 1024, long.MaxValue)]
    public long UnfinishedBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>
    /// The same of one address; no body can be larger that does not come with its head. Of it, a 64th is not large.
    /// <value>128 MB; of the ingress 4 MB</value>
    /// </summary>
    [Range(64L * 1024, long.MaxValue)]
    public long UnfinishedBytesPerAddress { get; set; } = 128 * 1024 * 1024;

    /// <summary>
    /// How long a whole body may take; later it is rejected with 408. NDJSON streams over HTTP/2 have
    /// <c>Ingest:StreamIdle</c> instead. <value>1 min; of the ingress 20 s</value>
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BodyTime { get; set; } = TimeSpan.FromMinutes(1);
}
