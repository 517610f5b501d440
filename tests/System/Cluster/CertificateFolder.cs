using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>An authority of the test's own and what it signed, as PEM files.</summary>
internal sealed class CertificateFolder : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("certificates-");
    private readonly X509Certificate2 _authority;

    public CertificateFolder()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now - Validity, now + Validity);
        File.WriteAllText(Authority, _authority.ExportCertificatePem());
        using var host = Sign("host");
        File.WriteAllText(Certificate, host.ExportCertificatePem());
        File.WriteAllText(Key, host.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public string Authority => In("authority.pem");

    public string Certificate => In("host.pem");

    public string Key => In("host.key");

    /// <summary>The host's own, with its key.</summary>
    public X509Certificate2 Load() => X509Certificate2.CreateFromPemFile(Certificate, Key);

    /// <summary>What others hold lies where this one's did, as when certificates are renewed.</summary>
    public void ReplaceBy(CertificateFolder other)
    {
        File.Copy(other.Authority, Authority, overwrite: true);
        File.Copy(other.Key, Key, overwrite: true);
        File.Copy(other.Certificate, Certificate, overwrite: true);
        foreach (var file in (string[])[Authority, Key, Certificate])
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    /// <summary>A certificate of the same authority under any name, with its key.</summary>
    public X509Certificate2 Sign(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(
            _authority, now - Validity / 2, now + Validity / 2, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
