using System.ComponentModel.DataAnnotations;

namespace GuestSessions.Core.Options;

/// <summary>How silos and API hosts find each other, and whom they trust.</summary>
public sealed class ClusterOptions
{
    /// <summary>
    /// <c>Local</c>: one silo, in this process. <c>Postgres</c>: any number of silos and API hosts, whose membership is in
    /// a table. <value>Local</value>
    /// </summary>
    public ClusterProvider Provider { get; set; } = ClusterProvider.Local;

    /// <summary>The database of the membership table. <value>null: that of the journal</value></summary>
    public string? ConnectionString { get; set; }

    /// <summary>Parts clusters that share a database. <value>guest-sessions</value></summary>
    [Required, StringLength(100)]
    public string Id { get; set; } = "guest-sessions";

    /// <summary>
    /// The address the silo's ports bind to and others reach it by: an IP address, or a name of this machine that is
    /// resolved at start. <value>127.0.0.1</value>
    /// </summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Silo port; 0 is a free one for Local, and 11111 in a cluster. <value>0</value></summary>
    [Range(0, 65535)]
    public int SiloPort { get; set; }

    /// <summary>Gateway port, for API hosts; 0 is a free one for Local, and 30000 in a cluster. <value>0</value></summary>
    [Range(0, 65535)]
    public int GatewayPort { get; set; }

    public ClusterTlsOptions Tls { get; set; } = new();
}

public enum ClusterProvider
{
    Local,
    Postgres,
}

/// <summary>
/// Mutual TLS on the silo and gateway ports: all three files, or none. They are looked at again when they change.
/// </summary>
public sealed class ClusterTlsOptions
{
    /// <summary>This host's certificate in PEM, for server and client authentication. <value>null: no TLS</value></summary>
    public string? Certificate { get; set; }

    /// <summary>Its private key in PEM.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// The authority in PEM that signed the certificates of all hosts of the cluster, and of nothing else: whoever it signed
    /// is let in, by whatever name.
    /// </summary>
    public string? Authority { get; set; }

    public bool IsOn => Certificate is not null;
}
