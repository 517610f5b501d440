using System.ComponentModel.DataAnnotations;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>The Stream API as the official SDKs call it.</summary>
public sealed class IngressOptions
{
    /// <summary>Serve the ingress beside the API. <value>true</value></summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Addresses of the ingress, separated by semicolons. The ingress is then served only there, and the API is
    /// not served there. Empty shares the API's addresses. <value>empty</value>
    /// </summary>
    public string Urls { get; set; } = "";

    /// <summary>
    /// Origins of pages that may call the ingress, such as <c>https://shop.example</c>; <c>*</c> allows any.
    /// <value>none</value>
    /// </summary>
    public List<string> Origins { get; set; } = [];

    /// <summary>
    /// Networks of proxies whose headers are trusted to name the caller, such as <c>10.0.0.0/8</c>.
    /// <value>none</value>
    /// </summary>
    public List<string> TrustedProxies { get; set; } = [];

    /// <summary>
    /// Header in which a trusted proxy names the caller. Choose the one that the proxy writes: if both count
    /// and the proxy forwards the other one unchanged, a visitor can write it. <value>Either</value>
    /// </summary>
    public ForwardedHeader ForwardedHeader { get; set; } = ForwardedHeader.Either;

    /// <summary>Maximum requests per second from one address; 0 is no limit. <value>500</value></summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 500;

    /// <summary>
    /// Maximum number of requests under way, separate from <c>Api:RequestsInFlight</c>: neither takes a place
    /// of the other. <value>1,024</value>
    /// </summary>
    [Range(16, 100_000)]
    public int RequestsInFlight { get; set; } = 1_024;

    /// <summary>
    /// Connections to the ingress' own addresses, and bodies that arrive at it on any address.
    /// </summary>
    public ArrivalOptions Arrival { get; set; } = new()
    {
        Unfinished = 2_048,
        UnfinishedPerAddress = 256,
        UnfinishedBytes = 32 * 1024 * 1024,
        UnfinishedBytesPerAddress = 4 * 1024 * 1024,
        BodyTime = TimeSpan.FromSeconds(20),
    };

    /// <summary>
    /// Maximum number of browsers per second that a host may see for the first time, for one tenant; 0 is no
    /// limit. Browsers whose ids this host gave out do not count. <value>200</value>
    /// </summary>
    [Range(0, 1_000_000)]
    public int NewBrowsersPerSecond { get; set; } = 200;

    /// <summary>The same for one address, over all tenants; 0 is no limit. <value>50</value></summary>
    [Range(0, 1_000_000)]
    public int NewBrowsersPerSecondPerAddress { get; set; } = 50;

    /// <summary>
    /// Maximum number of the upstream's browser ids per second for one address. Beyond it, the address gets
    /// local ids that count as new browsers; 0 is no limit. <value>20</value>
    /// </summary>
    [Range(0, 1_000_000)]
    public int BrowserIdsPerSecondPerAddress { get; set; } = 20;

    /// <summary>
    /// Browser ids of the upstream that a host keeps ready for each tenant. <value>64</value>
    /// </summary>
    [Range(0, 10_000)]
    public int BrowserIdsAhead { get; set; } = 64;

    /// <summary>
    /// Maximum bytes of a request line: the GET form carries whole events in it. <value>128 KB</value>
    /// </summary>
    [Range(8 * 1024, 1024 * 1024)]
    public int RequestLineBytes { get; set; } = 128 * 1024;

    /// <summary>
    /// Maximum time that a personalization call waits for the browser's earlier events. <value>300 ms</value>
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:08")]
    public TimeSpan PersonalizationWait { get; set; } = TimeSpan.FromMilliseconds(300);
}

/// <summary>Headers in which proxies name the caller.</summary>
public enum ForwardedHeader
{
    /// <summary><c>X-Forwarded-For</c>, or <c>Forwarded</c> where there is none.</summary>
    Either,

    /// <summary><c>X-Forwarded-For</c> alone.</summary>
    XForwardedFor,

    /// <summary><c>Forwarded</c> (RFC 7239) alone.</summary>
    Forwarded,
}
