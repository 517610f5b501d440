using System.Net;
using System.Net.Sockets;
using GuestSessions.SystemTests.Cluster;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests;

/// <summary>Starting the real process, rightly and wrongly configured.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Sessions__Storage__Provder", "Postgres", "Sessions:Storage:Provder: there is no such option; did you mean Sessions:Storage:Provider?")]
    [InlineData("Sessions__Delivery__InFlight", "many", "Sessions:Delivery:InFlight: expected a whole number; got \"many\".")]
    [InlineData("Sessions__Tenants__demo__Delivery__Settle", "5", "Sessions:Tenants:demo:Delivery:Settle: \"5\" would be read as 5 days; write 00:00:05 for 5 seconds")]
    [InlineData("Sessions__Storage__Provider", "Oracle", "Sessions:Storage:Provider: expected Sqlite, Postgres, Memory; got \"Oracle\".")]
    [InlineData("Sessions__Storage__ConnectionString", "Data Source=/proc/nowhere/sessions.db", "/proc/nowhere")]
    [InlineData("Sessions__Storage__ConnectionString", "Data Sauce=x.db", "data sauce")]
    [InlineData("Sessions__Cluster__Tls__Certificate", "/nowhere.pem", "Sessions:Cluster:Tls:Certificate: there is no file \"/nowhere.pem\".")]
    [InlineData("Sessions__Storage__ConnectionString", "data.db",
        "Sessions:Storage:ConnectionString: expected a connection string of SQLite, like Data Source=data/sessions.db.")]
    [InlineData("Sessions__Storage__ConnectionString", "Data Source=/tmp", "Sessions:Storage:ConnectionString: /tmp is a folder; name a file")]
    [InlineData("Sessions__Storage__Provider", "Postgres",
        "Sessions:Storage:ConnectionString: expected a connection string of PostgreSQL, like Host=db;")]
    [InlineData("ASPNETCORE_URLS", "nonsense", "--urls or ASPNETCORE_URLS: expected an address with a port from 1 to 65535, like "
        + "http://localhost:8080; got \"nonsense\".")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:99999", "got \"http://127.0.0.1:99999\".")]
    [InlineData("ASPNETCORE_URLS", "127.0.0.1:18085", "got \"127.0.0.1:18085\".")]
    [InlineData("ASPNETCORE_URLS", "http://192.0.2.1:18085", "An address that is configured does not belong to this machine")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "abc", "ASPNETCORE_HTTP_PORTS: expected port numbers from 1 to 65535, separated by semicolons; "
        + "got \"abc\".")]
    [InlineData("Kestrel__Endpoints__api__Url", "here", "Kestrel:Endpoints:api:Url: expected an address with a port")]
    [InlineData("Kestrel__Certificates__Default__Path", "/nowhere.pfx", "/nowhere.pfx")]
    public async Task A_setting_that_cannot_be_used_is_reported_in_a_sentence_with_exit_code_1(
        string name, string value, string sentence) =>
        Told(sentence, await HostRunOnce.RunAsync([.. OfOwnPorts(), (name, value)]));

    [Theory]
    [InlineData("http://*:{0}")]
    [InlineData("http://localhost:{0}")]
    [InlineData("http://127.0.0.1:{0}")]
    public async Task Two_parts_of_a_host_that_share_a_port_are_reported_apart_by_their_settings(string address)
    {
        var port = FreePort.Take();

        Told($"Sessions:Emulator:Url: the emulator cannot share port {port} with the API; choose another port.",
            await HostRunOnce.RunAsync(
            [
                ("ASPNETCORE_URLS", address.Replace("{0}", $"{port}", StringComparison.Ordinal)),
                ("Sessions__Emulator__Url", $"http://127.0.0.1:{port}"),
            ]));
    }

    [Fact]
    public async Task A_database_out_of_reach_is_reported_in_a_sentence_with_exit_code_1() => Told(
        "The store cannot be opened: ",
        await HostRunOnce.RunAsync(
        [
            .. OfOwnPorts(), ("Sessions__Storage__Provider", "Postgres"),
            ("Sessions__Storage__ConnectionString", "Host=127.0.0.1;Port=1;Database=x;Username=x;Password=secret-word"),
        ]));

    [Fact]
    public async Task A_file_that_is_no_database_is_reported_in_a_sentence_with_exit_code_1()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new string('x', 5_000));

        Told("The store cannot be opened: The data file of the journal is damaged.",
            await HostRunOnce.RunAsync([.. OfOwnPorts(), ("Sessions__Storage__ConnectionString", $"Data Source={file}")]));
        File.Delete(file);
    }

    [Fact]
    public async Task Settings_that_are_no_JSON_are_reported_with_their_file_and_line()
    {
        var environment = $"Broken-{Environment.ProcessId}";
        var file = Path.Combine(Path.GetDirectoryName(Binaries.Silo)!, $"appsettings.{environment}.json");
        await File.WriteAllTextAsync(file, "{\n  \"Sessions\": {\n    oops\n");
        try
        {
            var ended = await HostRunOnce.RunAsync([("ASPNETCORE_ENVIRONMENT", environment)]);

            Told(file, ended);
            Told("LineNumber: 2", ended);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "ASPNETCORE_URLS")]
    [InlineData("Sessions__Emulator__Url", "Sessions:Emulator:Url")]
    [InlineData("Sessions__Ingress__Urls", "Sessions:Ingress:Urls")]
    public async Task A_port_in_use_is_reported_with_the_setting_that_chose_it(string name, string setting)
    {
        using var taken = new TcpListener(IPAddress.Loopback, FreePort.Take());
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";

        var ended = await HostRunOnce.RunAsync([.. OfOwnPorts(), (name, address)]);

        Told($"Failed to bind to address {address}: address already in use.", ended);
        Told(setting, ended);
    }

    [Fact]
    public async Task A_port_of_Orleans_in_use_is_reported_with_the_setting_that_chose_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, FreePort.Take());
        taken.Start();
        await using var database = new PostgresKit.PostgresServer();
        await database.InitializeAsync();

        Told("Sessions:Cluster:SiloPort", await HostRunOnce.RunAsync(
        [
            .. OfOwnPorts(), ("Sessions__Storage__Provider", "Postgres"), ("Sessions__Cluster__Provider", "Postgres"),
            ("Sessions__Storage__ConnectionString", await database.NewDatabaseAsync()),
            ("Sessions__Cluster__SiloPort", $"{((IPEndPoint)taken.LocalEndpoint).Port}"),
            ("Sessions__Cluster__GatewayPort", FreePort.TakeText()), ("Sessions__Cluster__AllowInsecure", "true"),
        ]));
    }

    [Fact]
    public async Task A_silo_of_a_cluster_does_not_start_with_a_journal_of_its_own() =>
        Told("Sessions:Storage:Provider: silos of a cluster share a journal. Set Postgres.", await HostRunOnce.RunAsync(
        [
            .. OfOwnPorts(), ("Sessions__Cluster__Provider", "Postgres"), ("Sessions__Cluster__AllowInsecure", "true"),
            ("Sessions__Cluster__ConnectionString", "Host=127.0.0.1"),
        ]));

    [Fact]
    public async Task A_host_whose_certificate_its_own_cluster_would_reject_says_so()
    {
        await using var database = new PostgresKit.PostgresServer();
        await database.InitializeAsync();
        using var certificates = new CertificateFolder();

        Told("Sessions:Cluster:Tls:Names", await HostRunOnce.RunAsync(
        [
            .. OfOwnPorts(), ("Sessions__Storage__Provider", "Postgres"), ("Sessions__Cluster__Provider", "Postgres"),
            ("Sessions__Storage__ConnectionString", await database.NewDatabaseAsync()),
            ("Sessions__Cluster__SiloPort", FreePort.TakeText()), ("Sessions__Cluster__GatewayPort", FreePort.TakeText()),
            ("Sessions__Cluster__Tls__Certificate", certificates.Certificate),
            ("Sessions__Cluster__Tls__Key", certificates.Key),
            ("Sessions__Cluster__Tls__Authority", certificates.Authority),
            ("Sessions__Cluster__Tls__Names__0", "another-host"),
        ]));
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:{0}")]
    [InlineData("DOTNET_URLS", "http://127.0.0.1:{0}")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "{0}")]
    [InlineData("HTTP_PORTS", "{0}")]
    [InlineData("Kestrel__Endpoints__Own__Url", "http://127.0.0.1:{0}")]
    public async Task It_listens_where_the_environment_says_by_any_of_the_names_of_ASP_NET_Core(string name, string value)
    {
        var port = FreePort.TakeText();
        await using var host = await StartedHost.StartAsync(
            new Uri($"http://127.0.0.1:{port}"),
            [
                ("Sessions__Emulator__Url", $"http://127.0.0.1:{FreePort.TakeText()}"),
                (name, value.Replace("{0}", port, StringComparison.Ordinal)),
            ]);

        // It answers a moment before it says where.
        await Eventually.TrueAsync(
            () => host.Output.Contains(port, StringComparison.Ordinal), TimeSpan.FromMinutes(1), $"it says that it listens at {port}");
    }

    [Fact]
    public async Task The_first_start_warns_of_nothing_and_a_stranger_among_the_settings_is_named()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.TakeText()}");
        await using var host = await StartedHost.StartAsync(
            address, [.. OfOwnPorts(), ("ASPNETCORE_URLS", address.ToString()), ("Sessions__Wallpaper", "blue")]);

        // On a machine with more to do, Orleans warns of turns that took long (1012), which says nothing about the start.
        var warnings = host.Output.Split('\n').Where(static line =>
            (line.StartsWith("warn:", StringComparison.Ordinal) || line.StartsWith("fail:", StringComparison.Ordinal)
            || line.StartsWith("crit:", StringComparison.Ordinal))
            && !line.Contains("Orleans.Runtime.Scheduler.WorkItemGroup[1012]", StringComparison.Ordinal)).ToList();
        Assert.Contains("The setting Sessions:Wallpaper has no effect", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal("", host.Errors);
    }

    private static (string, string)[] OfOwnPorts() =>
    [
        ("ASPNETCORE_URLS", $"http://127.0.0.1:{FreePort.Take()}"),
        ("Sessions__Emulator__Url", $"http://127.0.0.1:{FreePort.Take()}"),
    ];

    private static void Told(string sentence, Ended ended)
    {
        Assert.True(ended.ExitCode == 1, ended.ToString());
        Assert.Contains(sentence, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", ended.ToString(), StringComparison.Ordinal);
        Assert.True(ended.Errors.Split('\n').Length <= 5, ended.ToString());
    }
}
