using System.ComponentModel.DataAnnotations;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>The Stream API emulator in this process.</summary>
public sealed class EmulatorOptions
{
    /// <summary>Run the emulator in this process. <value>true in Development, otherwise false</value></summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// Address of the emulator; outside Development a loopback address. Tenants without a
    /// <c>StreamApi:BaseUrl</c> use it. <value>http://localhost:8090</value>
    /// </summary>
    [Required]
    public string Url { get; set; } = "http://localhost:8090";

    /// <summary>
    /// Outside Development the host does not start with the emulator unless this is set too: events that the emulator
    /// accepts never reach the real upstream, and count as delivered. <value>false</value>
    /// </summary>
    public bool AllowInProduction { get; set; }
}
