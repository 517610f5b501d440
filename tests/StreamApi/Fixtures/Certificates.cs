using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>Certificates that nobody vouches for, and clients that take them all the same.</summary>
internal static class Certificates
{
    public static X509Certificate2 New()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>Takes this certificate and no other.</summary>
    public static Action<SocketsHttpHandler> Trust(X509Certificate2 certificate) => handler =>
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString();
}
