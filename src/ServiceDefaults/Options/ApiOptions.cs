using System.ComponentModel.DataAnnotations;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>The HTTP API.</summary>
public sealed class ApiOptions
{
    /// <summary>Serve the API from this silo too. <value>true</value></summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Maximum number of requests under way whose bodies have arrived; fewer when acknowledgements are late or
    /// the processor is behind. The ingress has its own limit. <value>4,096</value>
    /// </summary>
    [Range(16, 100_000)]
    public int RequestsInFlight { get; set; } = 4_096;

    /// <summary>Maximum number of live streams of this host. <value>200</value></summary>
    [Range(0, 100_000)]
    public int LiveStreams { get; set; } = 200;

    /// <summary>
    /// Latency of an acknowledgement that callers tolerate. While most acknowledgements take less, only
    /// <c>RequestsInFlight</c> limits the requests under way. Once most take longer, the host admits as many as it
    /// completes, by its own measurement, within three tenths of this time. Keep it well above the time of one commit
    /// on a slow disk: admitting fewer does not make the disk faster. <value>250 ms</value>
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:05")]
    public TimeSpan AcknowledgementTarget { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Connections to the API, and bodies that are arriving.</summary>
    public ArrivalOptions Arrival { get; set; } = new();
}
