using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using GuestSessions.ServiceDefaults.Options;
using Orleans.Connections.Security;

namespace GuestSessions.Clustering.Tls;

/// <summary>
/// Both sides of every connection show a certificate that the cluster's own authority signed. Names are
/// compared with the list of allowed names, never with addresses: silos come and go at any address.
/// </summary>
internal sealed class MutualTls(ClusterTlsOptions options)
{
    /// <summary>The name that the client must request; nothing compares it.</summary>
    public const string AnyName = "guest-sessions";

    /// <summary>Longer than Orleans' own, for busy machines.</summary>
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(15);

    private readonly CertificateFiles _files = new(options, TimeProvider.System);

    public X509Certificate2 Own => _files.Current.Own;

    public void Apply(TlsOptions tls)
    {
        tls.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.LocalServerCertificateSelector = (_, _) => Own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => Own;
        tls.RemoteCertificateValidation = (certificate, _, errors) => IsOurs(certificate, errors);
        tls.OnAuthenticateAsClient = static (_, client) => client.TargetHost = AnyName;
        tls.HandshakeTimeout = HandshakeTimeout;
    }

    public bool IsOurs(X509Certificate2 certificate, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_files.Current.Authorities);
        // The cluster's authority publishes no revocation list; to shut a host out, replace the authority.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate)
            && (options.Names.Count == 0 || options.Names.Exists(name => certificate.MatchesHostname(name)));
    }
}
