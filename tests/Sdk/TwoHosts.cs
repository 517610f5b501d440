using System.Text.Json.Nodes;
using GuestSessions.Emulator;
using GuestSessions.PostgresKit;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SdkTests;

/// <summary>A silo and two API hosts over PostgreSQL, behind a load balancer without stickiness.</summary>
internal sealed class TwoHosts : IAsyncDisposable
{
    private readonly PostgresServer _database = new();
    private readonly StreamApiEmulator _upstream = new(new EmulatorSettings
    {
        Urls = $"http://127.0.0.1:{FreePort.Take()}",
        ClientKeys = { Shop.ClientKey },
        ContextIds = { Shop.ContextId },
        PointsOfSale = { new PointOfSale { Name = Shop.PointOfSale, SiteIds = { Shop.Site } } },
    });

    private readonly List<HostProcess> _hosts = [];

    public RoundRobin Balancer { get; private set; } = null!;

    /// <summary>The API hosts.</summary>
    public IReadOnlyList<HostProcess> Apis => [.. _hosts.Skip(1)];

    public static async Task<TwoHosts> OpenAsync()
    {
        var hosts = new TwoHosts();
        try
        {
            await hosts.StartAsync();
            return hosts;
        }
        catch
        {
            await hosts.DisposeAsync();
            throw;
        }
    }

    public JsonObject Settings() => new()
    {
        ["url"] = Balancer.Address.GetLeftPart(UriPartial.Authority),
        ["upstream"] = _upstream.Address.ToString().TrimEnd('/'),
        ["chromium"] = Packages.Chromium,
    };

    public async ValueTask DisposeAsync()
    {
        if (Balancer is { } balancer)
            await balancer.DisposeAsync();
        foreach (var host in Enumerable.Reverse(_hosts))
            await host.DisposeAsync();
        await _upstream.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task StartAsync()
    {
        await _database.InitializeAsync();
        await _upstream.StartAsync(CancellationToken.None);
        var connection = await _database.NewDatabaseAsync();
        _hosts.Add(new HostProcess(Binaries.Silo, Settings(
            connection, ("Api:Enabled", "false"), ("Cluster:Address", "127.0.0.1"), ("Cluster:SiloPort", FreePort.TakeText()),
            ("Cluster:GatewayPort", FreePort.TakeText()))));
        _hosts.AddRange(Enumerable.Range(0, 2).Select(_ => new HostProcess(Binaries.ApiIn(Binaries.Root), Settings(connection))));
        await Task.WhenAll(_hosts.Select(static host => host.StartAsync()));
        Balancer = await RoundRobin.StartAsync(
            new Uri($"http://127.0.0.1:{FreePort.Take()}"), [.. Apis.Select(static host => host.Address)]);
    }

    private Dictionary<string, string> Settings(string connection, params (string Key, string Value)[] others)
    {
        Dictionary<string, string> all = new()
        {
            ["Storage:Provider"] = "Postgres",
            ["Storage:ConnectionString"] = connection,
            ["Cluster:Provider"] = "Postgres",
            ["Cluster:AllowInsecure"] = "true",
            ["Emulator:Enabled"] = "false",
            ["Tenants:demo:StreamApi:BaseUrl"] = _upstream.Address.ToString(),
            ["Tenants:demo:StreamApi:ClientKey"] = Shop.ClientKey,
            ["Tenants:demo:PointsOfSale:0:Name"] = Shop.PointOfSale,
            ["Tenants:demo:Defaults:Channel"] = "WEB",
            ["Tenants:demo:Defaults:Language"] = "EN",
            ["Tenants:demo:Defaults:Currency"] = "EUR",
            ["Tenants:demo:Defaults:PointOfSale"] = Shop.PointOfSale,
            ["Delivery:StartValidity"] = "00:00:01",
            ["Delivery:ConnectTimeout"] = "00:00:01",
            ["Delivery:ResponseTimeout"] = "00:00:04",
            ["Privacy:SecondSearchAfter"] = "00:00:01",
        };
        foreach (var (key, value) in others)
            all[key] = value;
        return all;
    }
}
