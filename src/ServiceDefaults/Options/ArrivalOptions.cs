using System.ComponentModel.DataAnnotations;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>
/// Limits for connections, and for requests whose bodies are still arriving. The ingress and the API have these
/// limits separately. Limits by address do not apply to the networks of <c>Ingress:TrustedProxies</c>.
/// </summary>
public sealed class ArrivalOptions
{
    /// <summary>
    /// Maximum number of connections. Beyond it, the oldest connection that never carried a request is closed;
    /// after those, the one that has been idle longest, of the network (IPv4 address, IPv6 /48) with the most.
    /// <value>16,384</value>
    /// </summary>
    [Range(16, 1_000_000)]
    public int Connections { get; set; } = 16_384;

    /// <summary>
    /// Maximum number of connections of one address, which is a /64 for IPv6. Beyond it, the connection of the
    /// address that has been idle longest is closed. <value>2,048</value>
    /// </summary>
    [Range(8, 1_000_000)]
    public int ConnectionsPerAddress { get; set; } = 2_048;

    /// <summary>
    /// Maximum number of requests whose bodies are arriving. Beyond it, the request that has been arriving
    /// longest is rejected with 503, of the address with the most. <value>8,192; of the ingress 2,048</value>
    /// </summary>
    [Range(16, 1_000_000)]
    public int Unfinished { get; set; } = 8_192;

    /// <summary>The same for one address. <value>2,048; of the ingress 256</value></summary>
    [Range(8, 1_000_000)]
    public int UnfinishedPerAddress { get; set; } = 2_048;

    /// <summary>
    /// Maximum number of bytes that have arrived of such bodies. Beyond it, the newest of the large ones is
    /// rejected with 503, of the address with the most. <value>128 MB; of the ingress 32 MB</value>
    /// </summary>
    [Range(64L * 1024, long.MaxValue)]
    public long UnfinishedBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>
    /// The same for one address. No body can be larger unless it arrives together with its head. A body is
    /// large from a 64th of this value on. <value>128 MB; of the ingress 4 MB</value>
    /// </summary>
    [Range(64L * 1024, long.MaxValue)]
    public long UnfinishedBytesPerAddress { get; set; } = 128 * 1024 * 1024;

    /// <summary>
    /// Time for a whole body; after it the request is rejected with 408. NDJSON streams over HTTP/2 have
    /// <c>Ingest:StreamIdle</c> instead. <value>1 min; of the ingress 20 s</value>
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BodyTime { get; set; } = TimeSpan.FromMinutes(1);
}
