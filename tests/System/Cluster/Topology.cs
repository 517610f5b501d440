using System.Globalization;
using GuestSessions.PostgresKit;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>
/// A whole cluster of real processes: PostgreSQL, silos without an API, API hosts without a journal, mutual TLS between
/// them, and the upstream.
/// </summary>
internal sealed class Topology : IAsyncDisposable
{
    /// <summary>Requests upstream at once, of one silo.</summary>
    public const int InFlight = 64;

    /// <summary>How Orleans writes <c>SiloStatus.Active</c>.</summary>
    private const int ActiveStatus = 3;

    private Topology(Upstream upstream, string connectionString, int silos, int apis)
    {
        Upstream = upstream;
        ConnectionString = connectionString;
        Silos = [.. Enumerable.Range(0, silos).Select(_ => new HostProcess(
            Binaries.Silo,
            Settings(("Api:Enabled", "false"), ("Cluster:SiloPort", FreePort.TakeText()), ("Cluster:GatewayPort", FreePort.TakeText())),
            supervised: true))];
        Apis = [.. Enumerable.Range(0, apis).Select(_ => new HostProcess(
            Binaries.Api, Settings(), supervised: true))];
    }

    public required PostgresServer Database { get; init; }

    public string ConnectionString { get; }

    public Upstream Upstream { get; }

    public IReadOnlyList<HostProcess> Silos { get; }

    public IReadOnlyList<HostProcess> Apis { get; }

    public CertificateFolder Certificates { get; } = new();

    public IReadOnlyList<Uri> Addresses => [.. Apis.Select(static api => api.Address)];

    public static async Task<Topology> StartAsync(int silos = 3, int apis = 2, TimeSpan upstreamLatency = default)
    {
        var upstream = await Upstream.StartAsync(upstreamLatency);
        var database = new PostgresServer();
        await database.InitializeAsync();
        var cluster = new Topology(upstream, await database.NewDatabaseAsync(), silos, apis) { Database = database };
        try
        {
            await Task.WhenAll(cluster.Silos.Concat(cluster.Apis).Select(static host => host.StartAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Silos that the membership holds to be alive.</summary>
    public async Task<int> CountActiveAsync() => (await PostgresServer.ReadAsync<int>(
        ConnectionString, $"SELECT port FROM orleansmembershiptable WHERE status = {ActiveStatus}")).Count;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Apis.Concat(Silos))
            await host.DisposeAsync();
        await Database.DisposeAsync();
        await Upstream.DisposeAsync();
        Certificates.Dispose();
    }

    private Dictionary<string, string> Settings(params (string, string)[] settings) =>
        HostSettings.For(Upstream.Address,
        [
            ("Storage:Provider", "Postgres"),
            ("Storage:ConnectionString", ConnectionString),
            ("Cluster:Provider", "Postgres"),
            ("Cluster:Tls:Certificate", Certificates.Certificate),
            ("Cluster:Tls:Key", Certificates.Key),
            ("Cluster:Tls:Authority", Certificates.Authority),
            ("Delivery:InFlight", InFlight.ToString(CultureInfo.InvariantCulture)),
            ("Delivery:SweepInterval", "00:00:10"),
            .. settings,
        ]);
}
