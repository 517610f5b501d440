using System.Net;
using System.Net.Sockets;
using GuestSessions.Core.Options;
using Npgsql;
using Orleans.Serialization;

namespace GuestSessions.Clustering;

/// <summary>What silos and API hosts agree on.</summary>
internal static class ClusterSettings
{
    public const string Invariant = "Npgsql";

    /// <summary>Longer than an append may take, shorter than a caller's patience.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>To connect to a silo, the handshake included, on a machine that is busy.</summary>
    public static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(15);

    /// <summary>How often an API host looks for gateways that came or went.</summary>
    public static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The membership's own few connections: a pool apart from the journal's, so that a busy journal never lets a silo
    /// look dead, and short time-outs, so that a lost database is noticed.
    /// </summary>
    public static string MembershipConnection(SessionsOptions options) =>
        new NpgsqlConnectionStringBuilder(options.Cluster.ConnectionString ?? options.Storage.ConnectionString)
        {
            ApplicationName = "guest-sessions-membership",
            MaxPoolSize = 8,
            Timeout = 5,
            CommandTimeout = 5,
        }.ConnectionString;

    /// <summary>
    /// Exceptions of ours and of the database travel between hosts as what they are, whatever they carry within. One that
    /// could not would reach its caller as a bug of the serializer.
    /// </summary>
    public static void LetFaultsTravel(ExceptionSerializationOptions exceptions)
    {
        exceptions.SupportedNamespacePrefixes.Add("GuestSessions");
        exceptions.SupportedNamespacePrefixes.Add(Invariant);
    }

    /// <summary>An address as it is, or that of a name.</summary>
    public static IPAddress Resolve(string address) =>
        IPAddress.TryParse(address, out var ip)
            ? ip
            : Dns.GetHostAddresses(address, AddressFamily.InterNetwork).FirstOrDefault()
                ?? throw new InvalidOperationException($"Sessions:Cluster:Address: \"{address}\" has no address.");
}
