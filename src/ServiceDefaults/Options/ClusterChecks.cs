using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Checks that the cluster's options fit together, and that their files exist.</summary>
internal static class ClusterChecks
{
    private const string Cluster = $"{SessionsOptions.Section}:Cluster";

    public static void Check(ServiceOptions options, List<string> failures)
    {
        if (options.Cluster.Provider == ClusterProvider.Postgres && options.Cluster.ConnectionString is null
            && options.Storage.Provider == StorageProvider.Sqlite)
            failures.Add($"{Cluster}:Provider: silos of a cluster share a journal; set Storage:Provider to Postgres.");

        if (options.Cluster is { Provider: ClusterProvider.Postgres, Tls.IsOn: false, AllowInsecure: false })
            failures.Add($"{Cluster}:Tls:Certificate: a cluster's ports accept anyone who reaches them. Configure mutual "
                + "TLS, or set Cluster:AllowInsecure.");

        var tls = options.Cluster.Tls;
        (string Key, string? File)[] files =
            [("Certificate", tls.Certificate), ("Key", tls.Key), ("Authority", tls.Authority)];
        var before = failures.Count;
        foreach (var (key, file) in files)
        {
            if (file is null && files.Any(static other => other.File is not null))
                failures.Add($"{Cluster}:Tls:{key}: configure Certificate, Key and Authority together.");
            else if (file is not null && !File.Exists(file))
                failures.Add($"{Cluster}:Tls:{key}: there is no file \"{file}\".");
        }

        if (tls.IsOn && failures.Count == before)
            CheckReadable(tls, failures);
    }

    private static void CheckReadable(ClusterTlsOptions tls, List<string> failures)
    {
        try
        {
            using var own = X509Certificate2.CreateFromPemFile(tls.Certificate!, tls.Key);
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(tls.Authority!);
            if (authorities.Count == 0)
                failures.Add($"{Cluster}:Tls:Authority: the file contains no certificate.");
        }
        catch (Exception unreadable)
            when (unreadable is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            failures.Add($"{Cluster}:Tls: certificate, key and authority cannot be read as PEM: {unreadable.Message}");
        }
    }
}
