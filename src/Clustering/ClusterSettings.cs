using System.Net;
using System.Net.Sockets;
using GuestSessions.ServiceDefaults.Options;
using Npgsql;
using Orleans.Serialization;

namespace GuestSessions.Clustering;

/// <summary>Settings that silos and API hosts share.</summary>
internal static class ClusterSettings
{
    public const string Invariant = "Npgsql";

    /// <summary>Longer than an append may take, shorter than a caller waits.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Time to connect to a silo, including the handshake, on a busy machine.</summary>
    public static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(15);

    /// <summary>How often an API host refreshes its list of gateways.</summary>
    public static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The membership's own few connections. Its pool is separate from the journal's, so that a busy journal never makes a
    /// silo look dead, and its time-outs are short, so that a lost database is noticed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string cannot be read.</exception>
    public static string MembershipConnection(ServiceOptions options)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(
                options.Cluster.ConnectionString ?? options.Storage.ConnectionString)
            {
                ApplicationName = "guest-sessions-membership",
                MaxPoolSize = 8,
                Timeout = 5,
                CommandTimeout = 5,
            };
            // Of several hosts the one that takes writes, also after a failover.
            if (connection.Host?.Contains(',', StringComparison.Ordinal) is true)
                connection.TargetSessionAttributes = "read-write";
            return connection.ConnectionString;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            var setting = options.Cluster.ConnectionString is null ? "Storage" : "Cluster";
            throw new InvalidOperationException(
                $"Sessions:{setting}:ConnectionString: expected a connection string of PostgreSQL, like Host=db;Database=sessions;…",
                exception);
        }
    }

    /// <summary>
    /// Lets exceptions of this service and of the database travel between hosts with their own types, including their inner
    /// exceptions. Otherwise they would reach the caller as an error of the serializer.
    /// </summary>
    public static void LetFaultsTravel(ExceptionSerializationOptions exceptions)
    {
        exceptions.SupportedNamespacePrefixes.Add("GuestSessions");
        exceptions.SupportedNamespacePrefixes.Add(Invariant);
    }

    /// <summary>Returns an IP address as it is, or resolves a host name.</summary>
    public static IPAddress Resolve(string address) =>
        IPAddress.TryParse(address, out var ip)
            ? ip
            : Dns.GetHostAddresses(address, AddressFamily.InterNetwork).FirstOrDefault()
                ?? throw new InvalidOperationException($"Sessions:Cluster:Address: \"{address}\" has no IPv4 address.");
}
