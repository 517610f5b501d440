using System.Globalization;
using GuestSessions.PostgresKit;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Network;
using Npgsql;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>
/// A whole cluster of real processes: PostgreSQL, silos without an API, API hosts without a journal, mutual TLS between
/// them, and the upstream.
/// </summary>
internal sealed class Topology : IAsyncDisposable
{
    /// <summary>Requests upstream at once, of one silo.</summary>
    public const int InFlight = 64;

    /// <summary>
    /// Whether commits wait for no standby, so that a promoted one may lack some: such a run fails, and its violations say what was
    /// lost. <value>ASYNCHRONOUS_STANDBY, or 0</value>
    /// </summary>
    public static bool LosesCommits { get; } = Scale.Of("ASYNCHRONOUS_STANDBY", 0) == 1;

    /// <summary>How Orleans writes <c>SiloStatus.Active</c>.</summary>
    private const int ActiveStatus = 3;

    private readonly IReadOnlyList<(string, string)> _settings;

    private Topology(
        Upstream upstream, string connectionString, IReadOnlyList<NetworkPlace?> places, int apis, string root,
        IReadOnlyList<(string, string)> settings)
    {
        _settings = settings;
        Upstream = upstream;
        ConnectionString = connectionString;
        Silos = [.. places.Select(place => NewSilo(place, Binaries.SiloIn(root)))];
        Apis = [.. Enumerable.Range(0, apis).Select(_ => new HostProcess(
            Binaries.ApiIn(root), Settings(), supervised: true))];
    }

    /// <summary>The server that takes writes.</summary>
    public required PostgresServer Database { get; set; }

    /// <summary>Follows <see cref="Database"/>, whose commits wait for it; null without one.</summary>
    public PostgresServer? Standby { get; set; }

    public string ConnectionString { get; }

    public Upstream Upstream { get; }

    public IReadOnlyList<HostProcess> Silos { get; }

    public IReadOnlyList<HostProcess> Apis { get; }

    public CertificateFolder Certificates { get; } = new();

    public IReadOnlyList<Uri> Addresses => [.. Apis.Select(static api => api.Address)];

    /// <param name="silos">How many.</param>
    /// <param name="apis">How many.</param>
    /// <param name="upstreamLatency">Of each answer.</param>
    /// <param name="root">The folder of the build that runs; null for the one beside the tests.</param>
    /// <param name="settings">Of all hosts, below <c>Sessions</c>.</param>
    /// <param name="environment">Of all hosts, besides.</param>
    /// <param name="withStandby">Whether the database has a synchronous standby.</param>
    public static async Task<Topology> StartAsync(
        int silos = 3, int apis = 2, TimeSpan upstreamLatency = default, string? root = null,
        IReadOnlyList<(string, string)>? settings = null, IReadOnlyList<(string Name, string Value)>? environment = null,
        bool withStandby = false)
    {
        var upstream = await Upstream.StartAsync(upstreamLatency);
        var database = new PostgresServer();
        return await StartAsync(
            upstream, database, new NetworkPlace?[silos], apis, root ?? Binaries.Root, settings ?? [], environment, withStandby);
    }

    /// <summary>Each silo in a place of its own, all else on this machine.</summary>
    public static async Task<Topology> StartAsync(TestNetwork network, IReadOnlyList<NetworkPlace> places)
    {
        var upstream = await Upstream.StartAsync(address: network.Here);
        return await StartAsync(upstream, new PostgresServer { Address = network.Database }, places, apis: 2, Binaries.Root, []);
    }

    private static async Task<Topology> StartAsync(
        Upstream upstream, PostgresServer database, IReadOnlyList<NetworkPlace?> places, int apis, string root,
        IReadOnlyList<(string, string)> settings, IReadOnlyList<(string Name, string Value)>? environment = null,
        bool withStandby = false)
    {
        await database.InitializeAsync();
        var connectionString = await database.NewDatabaseAsync();
        var standby = withStandby ? await FollowAsync(database) : null;
        if (standby is not null)
            connectionString = database.ConnectionStringWith(standby, new NpgsqlConnectionStringBuilder(connectionString).Database!);
        var cluster = new Topology(upstream, connectionString, places, apis, root, settings)
        {
            Database = database,
            Standby = standby,
        };
        foreach (var host in cluster.Silos.Concat(cluster.Apis))
        {
            foreach (var (name, value) in environment ?? [])
                host.Environment[name] = value;
        }

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

    /// <summary>The primary is lost for good: its standby takes its place, and commits wait for nobody.</summary>
    /// <returns>The old primary, which does not run.</returns>
    public async Task<PostgresServer> FailOverAsync()
    {
        var old = Database;
        if (old.IsRunning)
            await old.StopAsync(PostgresStop.Kill);
        await Standby!.PromoteAsync();
        (Database, Standby) = (Standby, null);
        await Database.WaitForStandbysAsync("");
        return old;
    }

    /// <summary>A new standby takes the place of an old primary.</summary>
    public async Task ReplaceAsync(PostgresServer old)
    {
        await old.DisposeAsync();
        Standby = await FollowAsync(Database, old);
    }

    /// <summary>Silos that the membership holds to be alive.</summary>
    public async Task<int> CountActiveAsync() => (await PostgresServer.ReadAsync<int>(
        ConnectionString, $"SELECT port FROM orleansmembershiptable WHERE status = {ActiveStatus}")).Count;

    /// <summary>A message with what every host said last.</summary>
    public string Tell(string message) =>
        string.Join('\n', Silos.Concat(Apis).Select(static host => host.Tell("")).Prepend(message));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Apis.Concat(Silos))
            await host.DisposeAsync();
        if (Standby is { } standby)
            await standby.DisposeAsync();
        await Database.DisposeAsync();
        await Upstream.DisposeAsync();
        Certificates.Dispose();
    }

    private static async Task<PostgresServer> FollowAsync(PostgresServer primary, PostgresServer? inPlaceOf = null)
    {
        const string name = "follower";
        var standby = await primary.NewStandbyAsync(name, inPlaceOf);
        if (!LosesCommits)
            await primary.WaitForStandbysAsync(name);
        return standby;
    }

    private HostProcess NewSilo(NetworkPlace? place, string binary) => new(
        binary,
        Settings(
            ("Api:Enabled", "false"),
            ("Cluster:Address", place?.Address ?? "127.0.0.1"),
            ("Cluster:SiloPort", FreePort.TakeText()),
            ("Cluster:GatewayPort", FreePort.TakeText())),
        supervised: true,
        place);

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
            .. _settings,
            .. settings,
        ]);
}
