using System.ComponentModel.DataAnnotations;

namespace GuestSessions.Core.Options;

/// <summary>The Stream API as the official SDKs call it.</summary>
public sealed class IngressOptions
{
    /// <summary>Serve it beside the API. <value>true</value></summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Where it listens, several separated by semicolons; then it is served there only, and the API is not. Empty shares
    /// the API's addresses. <value>empty</value>
    /// </summary>
    public string Urls { get; set; } = "";

    /// <summary>Origins of pages that may call it, like <c>https://shop.example</c>; <c>*</c> is any. <value>none</value></summary>
    public List<string> Origins { get; set; } = [];

    /// <summary>
    /// Proxies that are believed whose call they pass on, as networks like <c>10.0.0.0/8</c>. <value>none</value>
    /// </summary>
    public List<string> TrustedProxies { get; set; } = [];

    /// <summary>
    /// Which header of a trusted proxy says whose call it is. Name the one that the proxy writes: where both are believed
    /// and the proxy passes the other one on as it came, a visitor can write it. <value>Either</value>
    /// </summary>
    public ForwardedHeader ForwardedHeader { get; set; } = ForwardedHeader.Either;

    /// <summary>Requests a second from one address; 0 is no limit. <value>500</value></summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 500;

    /// <summary>
    /// Requests under way at most, as <c>Api:RequestsInFlight</c> for the API: neither takes a place of the other.
    /// <value>1,024</value>
    /// </summary>
    [Range(16, 100_000)]
    public int RequestsInFlight { get; set; } = 1_024;

    /// <summary>Connections to the ingress' own addresses, and bodies that are coming to it at any address.</summary>
    public ArrivalOptions Arrival { get; set; } = new()
    {
        Unfinished = 2_048,
        UnfinishedPerAddress = 256,
        UnfinishedBytes = 32 * 1024 * 1024,
        UnfinishedBytesPerAddress = 4 * 1024 * 1024,
        BodyTime = TimeSpan.FromSeconds(20),
    };

    /// <summary>
    /// Browsers a second that a tenant may see for the first time, on one host; 0 is no limit. Those whose ids this service
    /// gave out do not count. <value>200</value>
    /// </summary>
    [Range(0, 1_000_000)]
    public int NewBrowsersPerSecond { get; set; } = 200;

    /// <summary>The same of one address, over all tenants; 0 is no limit. <value>50</value></summary>
    [Range(0, 1_000_000)]
    public int NewBrowsersPerSecondPerAddress { get; set; } = 50;

    /// <summary>
    /// Browser ids a second that one address gets of those kept ahead. Beyond, it gets local ids that count as a
    /// stranger's; 0 is no limit. <value>20</value>
    /// </summary>
    [Range(0, 1_000_000)]
    public int BrowserIdsPerSecondPerAddress { get; set; } = 20;

    /// <summary>Browser ids of the upstream that a host keeps ahead for each tenant. <value>64</value></summary>
    [Range(0, 10_000)]
    public int BrowserIdsAhead { get; set; } = 64;

    /// <summary>Bytes of a request line: the GET form carries whole events in it. <value>128 KB</value></summary>
    [Range(8 * 1024, 1024 * 1024)]
    public int RequestLineBytes { get; set; } = 128 * 1024;

    /// <summary>How long a personalization call waits for the browser's earlier events. <value>300 ms</value></summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:08")]
    public TimeSpan PersonalizationWait { get; set; } = TimeSpan.FromMilliseconds(300);
}

/// <summary>Headers in which proxies say whose call it is.</summary>
public enum ForwardedHeader
{
    /// <summary><c>X-Forwarded-For</c>, or <c>Forwarded</c> where there is none.</summary>
    Either,

    /// <summary><c>X-Forwarded-For</c> alone.</summary>
    XForwardedFor,

    /// <summary><c>Forwarded</c> (RFC 7239) alone.</summary>
    Forwarded,
}
