namespace GuestSessions.ServiceDefaults.Options;

/// <summary>The Orleans Dashboard at <c>/orleans</c>.</summary>
public sealed class DashboardOptions
{
    /// <summary>
    /// Serve the dashboard from a silo that serves the API too: outside Development to keys with the scope <c>admin</c>. In a
    /// cluster, set it on all silos. While it is on, every call of a grain passes one more filter. <value>false</value>
    /// </summary>
    public bool Enabled { get; set; }
}
