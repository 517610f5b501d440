using System.ComponentModel.DataAnnotations;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>How silos and API hosts find each other, and which certificates they trust.</summary>
public sealed class ClusterOptions
{
    /// <summary>
    /// <c>Local</c>: one silo, in this process, which opens no port for others. <c>Postgres</c>: any number of
    /// silos and API hosts, whose membership is in a table. <value>Local</value>
    /// </summary>
    public ClusterProvider Provider { get; set; } = ClusterProvider.Local;

    /// <summary>The database of the membership table. <value>null: that of the journal</value></summary>
    [Secret]
    public string? ConnectionString { get; set; }

    /// <summary>Separates clusters that share a database. <value>guest-sessions</value></summary>
    [Required, StringLength(100)]
    public string Id { get; set; } = "guest-sessions";

    /// <summary>
    /// Address that the silo's ports bind to and that other hosts use: an IP address, or a name of this machine
    /// that is resolved at start. <value>127.0.0.1</value>
    /// </summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Silo port of a cluster; 0 is 11111. <value>0</value></summary>
    [Range(0, 65535)]
    public int SiloPort { get; set; }

    /// <summary>Gateway port of a cluster, for API hosts; 0 is 30000. <value>0</value></summary>
    [Range(0, 65535)]
    public int GatewayPort { get; set; }

    public ClusterTlsOptions Tls { get; set; } = new();

    /// <summary>
    /// Open a cluster's ports without mutual TLS. Anyone who reaches them can then read and change every guest,
    /// and gets the secret of the keyring. <value>false</value>
    /// </summary>
    public bool AllowInsecure { get; set; }
}

public enum ClusterProvider
{
    Local,
    Postgres,
}

/// <summary>
/// Mutual TLS on the silo and gateway ports: all three files, or none. The host reads them again when they
/// change.
/// </summary>
public sealed class ClusterTlsOptions
{
    /// <summary>This host's certificate in PEM, for server and client authentication. <value>null: no TLS</value></summary>
    public string? Certificate { get; set; }

    /// <summary>Its private key in PEM.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// The authority in PEM that signed the certificates of all hosts of the cluster, and of nothing else:
    /// every certificate that it signed is let in, unless <see cref="Names"/> restricts them.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>
    /// Names of silos and API hosts; only certificates with one of them are let in. A <c>*</c> in a certificate
    /// stands for one label. <value>none: every certificate of the authority</value>
    /// </summary>
    public List<string> Names { get; set; } = [];

    public bool IsOn => Certificate is not null;
}
