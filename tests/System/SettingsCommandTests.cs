using System.Text.Json;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests;

/// <summary>What a host says of its settings without running, as an operator asks before a roll-out.</summary>
public sealed class SettingsCommandTests
{
    private const string Hash = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08";

    private static readonly (string, string)[] Usable =
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("Sessions__Storage__Provider", "Postgres"),
        ("Sessions__Storage__ConnectionString", "Host=127.0.0.1;Port=1;Database=sessions;Username=u;Password=secret-word"),
        ("Sessions__Cluster__Provider", "Postgres"),
        ("Sessions__Cluster__AllowInsecure", "true"),
        ("Sessions__Tenants__shop__StreamApi__BaseUrl", "https://upstream.example"),
        ("Sessions__Tenants__shop__StreamApi__ClientKey", "public-key"),
        ("Sessions__Tenants__shop__PointsOfSale__0__Name", "shop/ie"),
        ("Sessions__Tenants__shop__ApiKeys__0__Id", "backend"),
        ("Sessions__Tenants__shop__ApiKeys__0__SecretSha256", Hash),
        ("Sessions__Tenants__shop__ApiKeys__0__Scopes__0", "ingest"),
        ("Sessions__SignIn__Authority", "https://login.example"),
        ("Sessions__SignIn__ClientId", "console"),
        ("Sessions__SignIn__ClientSecret", "secret=of-the-client"),
        ("Sessions__SignIn__PublicAddress", "https://sessions.example"),
        ("Sessions__SignIn__Roles__0__Name", "agents"),
        ("Sessions__SignIn__Roles__0__Tenants__shop__0", "support:read"),
    ];

    public static TheoryData<string> Hosts => [Binaries.Silo, Binaries.ApiIn(Binaries.Root)];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Settings_are_printed_as_they_would_be_in_force_and_without_secrets(string host)
    {
        var ended = await HostRunOnce.RunAsync(host, Usable, "--print-config", "--urls", "http://localhost:7000");

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.DoesNotContain("secret-word", ended.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("of-the-client", ended.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Hash, ended.ToString(), StringComparison.OrdinalIgnoreCase);
        using var printed = JsonDocument.Parse(ended.Output);
        Assert.Equal("http://localhost:7000", printed.RootElement.GetProperty("Urls").GetString());
        var sessions = printed.RootElement.GetProperty("Sessions");
        Assert.Contains("database=sessions", sessions.GetProperty("Storage").GetProperty("ConnectionString").GetString()!, StringComparison.Ordinal);
        Assert.Equal(10_000, sessions.GetProperty("Ingest").GetProperty("StreamLines").GetInt32());
        var key = sessions.GetProperty("Tenants").GetProperty("shop").GetProperty("ApiKeys")[0];
        Assert.Equal(("backend", "(hidden)"), (key.GetProperty("Id").GetString(), key.GetProperty("SecretSha256").GetString()));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Settings_that_can_be_used_are_accepted_without_a_port_a_file_or_a_database(string host)
    {
        var ended = await HostRunOnce.RunAsync(host, [.. Usable, ("Sessions__Novel__Part", "1")], "--check-config");

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains("The configuration can be used.", ended.Output, StringComparison.Ordinal);
        Assert.Contains("The setting Sessions:Novel:Part has no effect", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_of_the_trial_on_Kubernetes_are_accepted_with_their_secrets_as_files()
    {
        var folder = Directory.CreateTempSubdirectory("settings-");
        var map = await File.ReadAllTextAsync(
            Path.Combine(Binaries.Root, "ops", "kubernetes", "overlays", "trial", "settings.yaml"));
        var settings = Path.Combine(folder.FullName, "settings.json");
        await File.WriteAllTextAsync(settings, map[(map.IndexOf("settings.json: |", StringComparison.Ordinal) + "settings.json: |".Length)..]);
        var secrets = folder.CreateSubdirectory("secrets").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(secrets, "Sessions__Storage__ConnectionString"), "Host=db;Database=sessions;Username=u;Password=p\n");
        await File.WriteAllTextAsync(Path.Combine(secrets, "Sessions__Tenants__shop__ApiKeys__0__SecretSha256"), Hash + "\n");

        var ended = await HostRunOnce.RunAsync(
            [("ASPNETCORE_ENVIRONMENT", "Production"), ("SETTINGS_FILE", settings), ("SECRETS_FOLDER", secrets)], "--check-config");

        Assert.True(ended.ExitCode == 0, ended.ToString());
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Sessions__Storage__Provder", "Sqlite", "did you mean Sessions:Storage:Provider?")]
    [InlineData("Sessions__Storage__Provider", "Sqlite", "Sessions:Cluster:Provider: silos of a cluster share a journal")]
    [InlineData("Sessions__Tenants__shop__StreamApi__BaseUrl", "https://127.0.0.1", "127.0.0.1 is not a public address")]
    [InlineData("Sessions__Tenants__shop__ApiKeys__0__SecretSha256", "6f4b6612125fb3a0daecd2799dfd6c9c", "SecretSha256")]
    [InlineData("ASPNETCORE_URLS", "nonsense", "expected an address with a port")]
    public async Task Settings_that_would_stop_a_start_fail_the_check_with_the_same_sentence(string name, string value, string sentence)
    {
        (string, string)[] settings = [.. Usable, (name, value)];
        var check = await HostRunOnce.RunAsync(settings, "--check-config");
        var start = await HostRunOnce.RunAsync(settings);

        Assert.Equal(1, check.ExitCode);
        Assert.Contains(sentence, check.Errors, StringComparison.Ordinal);
        Assert.Equal(start.Errors, check.Errors);
    }
}
