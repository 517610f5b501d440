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
    /// Proxies whose <c>X-Forwarded-For</c> is believed, as networks like <c>10.0.0.0/8</c>. <value>none</value>
    /// </summary>
    public List<string> TrustedProxies { get; set; } = [];

    /// <summary>Requests a second from one address; 0 is no limit. <value>500</value></summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 500;

    /// <summary>
    /// Browsers a second that a tenant may see for the first time, on one host; 0 is no limit. <value>200</value>
    /// </summary>
    [Range(0, 1_000_000)]
    public int NewBrowsersPerSecond { get; set; } = 200;

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
