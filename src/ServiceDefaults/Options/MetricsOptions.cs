namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Metrics in the format of Prometheus, at <c>/metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>Serve <c>/metrics</c>. <value>true</value></summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Addresses of <c>/metrics</c>, separated by semicolons, such as <c>http://10.0.0.5:9464</c>. They need no key and
    /// serve nothing else, and no other address serves <c>/metrics</c>. Empty serves it on the host's own addresses: where
    /// the host has the API, outside Development, to keys with the scope <c>admin</c>. <value>empty</value>
    /// </summary>
    public string Urls { get; set; } = "";
}
