using System.ComponentModel.DataAnnotations;

namespace GuestSessions.Core.Options;

/// <summary>
/// The section <c>Sessions</c> of the configuration, as far as guests and delivery read it. The settings of the host, its
/// store and its cluster are in <c>ServiceOptions</c> of the service defaults. Defaults are in code; hosts validate it at start.
/// </summary>
public class SessionsOptions
{
    public const string Section = "Sessions";

    public DeliveryOptions Delivery { get; set; } = new();
    public IngestOptions Ingest { get; set; } = new();
    public MemoryOptions Memory { get; set; } = new();
    public PrivacyOptions Privacy { get; set; } = new();

    /// <summary>
    /// Tenants by name; a name is 1 to 64 of <c>[A-Za-z0-9_-]</c>. They change while the service runs: read them at each use, or
    /// listen to <see cref="TenantsChanged"/>. A tenant's options stay the same object, with new values.
    /// </summary>
    public Dictionary<string, TenantOptions> Tenants { get; set; } = [];

    /// <summary>
    /// Raised after tenants were added, changed or removed, for parts that keep something made from their options. Listeners are
    /// called in the order in which they began to listen, so a part may rely on those that it is made of.
    /// </summary>
    public event Action<IReadOnlyList<TenantChange>>? TenantsChanged;

    /// <summary>Puts checked tenants in force.</summary>
    public void Replace(Dictionary<string, TenantOptions> tenants, IReadOnlyList<TenantChange> changes)
    {
        Tenants = tenants;
        TenantsChanged?.Invoke(changes);
    }
}

/// <summary>Delivery settings of a silo, the same for all tenants.</summary>
public sealed class DeliveryOptions
{
    /// <summary>
    /// Maximum number of requests in flight from the silo, over all tenants. Events that came with a public key have at most
    /// half of them. <value>1,024</value>
    /// </summary>
    [Range(1, 100_000)]
    public int InFlight { get; set; } = 1_024;

    /// <summary>Maximum time to connect, TLS included. <value>2 s</value></summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Maximum time from writing the request to the end of the answer. <value>10 s</value></summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:20")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its commit a start may still be sent. <value>3 s</value></summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan StartValidity { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often recovery looks for guests whose delivery has stopped. <value>1 min</value></summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after a takeover the outcome of the previous owner may still arrive.</summary>
    public TimeSpan TakeoverWait => StartValidity + ConnectTimeout + ResponseTimeout;
}

/// <summary>What ingest accepts.</summary>
public sealed class IngestOptions
{
    /// <summary>Maximum bytes of one event. <value>32 KB</value></summary>
    [Range(1024, 1024 * 1024)]
    public int EventBytes { get; set; } = 32 * 1024;

    /// <summary>Maximum bytes of one request body. <value>1 MB</value></summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int BatchBytes { get; set; } = 1024 * 1024;

    /// <summary>Maximum number of events in one request. <value>500</value></summary>
    [Range(1, 10_000)]
    public int BatchEvents { get; set; } = 500;

    /// <summary>
    /// Maximum bytes of one NDJSON request over HTTP/1.1; over HTTP/2 there is no limit. <value>16 MB</value>
    /// </summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int StreamBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Maximum lines of one NDJSON request over HTTP/1.1; over HTTP/2 there is no limit. <value>10,000</value>
    /// </summary>
    [Range(1, 1_000_000)]
    public int StreamLines { get; set; } = 10_000;

    /// <summary>
    /// How long an NDJSON stream over HTTP/2 may send nothing before the host cuts it. <value>5 min</value>
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StreamIdle { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Maximum lines per second of one NDJSON stream over HTTP/2; the host reads no faster. 0 is no limit.
    /// <value>0</value>
    /// </summary>
    [Range(0, 10_000_000)]
    public int StreamLinesPerSecond { get; set; }

    /// <summary>
    /// Maximum bytes of bulk bodies that one host holds at once; a stream counts as 1 MB. Beyond it, bulk
    /// requests are rejected with 503. <value>128 MB</value>
    /// </summary>
    [Range(1024 * 1024, int.MaxValue)]
    public int BulkBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>Maximum depth of JSON. <value>16</value></summary>
    [Range(4, 64)]
    public int JsonDepth { get; set; } = 16;

    /// <summary>
    /// Maximum number of attributes in <c>ext</c>. <value>50, the upstream's own limit</value>
    /// </summary>
    [Range(1, 50)]
    public int ExtAttributes { get; set; } = 50;

    /// <summary>Guest ids that are rejected as accidents, compared without case.</summary>
    public List<string> JunkGuestIds { get; set; } = [];

    /// <summary>
    /// Values of identifiers that are rejected as placeholders, compared without case; they replace the
    /// built-in list.
    /// </summary>
    public List<string> JunkIdentifiers { get; set; } = [];

    /// <summary>The limits of one guest's session.</summary>
    public SessionLimits Limits { get; set; } = new();
}
