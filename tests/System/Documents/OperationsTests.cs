using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Documents;

/// <summary>The commands by which operators make keys and certificates, try a cluster, start hosts and ask them for their settings.</summary>
public sealed class OperationsTests
{
    private static readonly DocumentBlock Key = DocumentBlock.One("docs/operations", "KEY=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')\nprintf");
    private static readonly DocumentBlock Cluster = DocumentBlock.One("docs/operations", "scripts/cluster.sh up");
    private static readonly DocumentBlock Certificates = DocumentBlock.One("docs/operations", "openssl req");
    private static readonly DocumentBlock Containers = DocumentBlock.One("docs/operations", "docker compose up");
    private static readonly DocumentBlock Settings = DocumentBlock.One("docs/configuration", "--print-config");
    private static readonly DocumentBlock Addresses = DocumentBlock.One("docs/configuration", "ASPNETCORE_URLS=");

    [Fact]
    public async Task A_key_that_is_made_as_the_document_says_has_the_hash_that_it_prints()
    {
        var lines = (await DocumentShell.RunAsync($"{Key.Text}echo \"$KEY\"")).Split('\n');

        Assert.Equal(43, lines[1].Length); // 32 bytes in base64url.
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines[1]))), lines[0]);
    }

    [Fact]
    public async Task Certificates_that_are_made_as_the_document_says_are_of_their_authority_and_have_their_keys()
    {
        var printed = await DocumentShell.RunAsync($"{Certificates.Text}cat authority.pem; echo ---; cat silo1.pem silo1.key");

        var split = printed.IndexOf("\n---\n", StringComparison.Ordinal);
        using var authority = X509Certificate2.CreateFromPem(printed.AsSpan(0, split));
        using var silo = X509Certificate2.CreateFromPem(printed.AsSpan(split), printed.AsSpan(split));
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        Assert.True(chain.Build(silo), string.Join(", ", chain.ChainStatus.Select(static status => status.StatusInformation)));
        Assert.Equal("CN=silo1", silo.Subject);
    }

    [Fact]
    public async Task A_whole_cluster_comes_up_loses_a_silo_and_goes_down_again()
    {
        // PostgreSQL may run as another user, who has to reach its folder: the script makes it.
        var port = FreePort.TakeText();
        var folder = Path.Combine(Path.GetTempPath(), $"cluster-{port}");
        (string, string)[] environment = [("CLUSTER_DIR", folder), ("CLUSTER_PORT", port)];
        try
        {
            // What these tests run is built already.
            var printed = await DocumentShell.RunAsync($"cd \"$ROOT\"\ndotnet() {{ [ \"$1\" = build ]; }}\n{Cluster.Text}", environment);

            Assert.Contains("The cluster is ready.", printed, StringComparison.Ordinal);
            Assert.Contains("silo2 stopped", printed, StringComparison.Ordinal);
            Assert.Contains("silo1 ready", printed, StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder));
        }
        finally
        {
            await DocumentShell.RunAsync("\"$ROOT/scripts/cluster.sh\" down", environment);
        }
    }

    /// <summary>Compose reads its file with what the commands before it set; no container is started.</summary>
    [Fact]
    public async Task Containers_get_what_the_commands_before_them_set()
    {
        var printed = await DocumentShell.RunAsync($$"""
            docker() {
              [ "$*" = "compose up --build --detach" ]
              if docker-compose version >/dev/null 2>&1; then docker-compose --file "$ROOT/docker-compose.yml" config
              else command docker compose --file "$ROOT/docker-compose.yml" config; fi
            }
            {{Containers.Text}}
            echo "$SESSIONS_KEY_SHA256"
            """);

        var hash = printed.TrimEnd().Split('\n')[^1];
        Assert.Equal(64, hash.Length);
        Assert.Contains($"SecretSha256: {hash}", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_prints_and_checks_its_settings()
    {
        var printed = await DocumentShell.RunAsync(Settings.Text, ("ASPNETCORE_ENVIRONMENT", "Development"));

        Assert.Contains("\"Tenants\"", printed, StringComparison.Ordinal);
        Assert.Contains("The configuration can be used.", printed, StringComparison.Ordinal);
    }

    /// <summary>The README and the first steps start it in the same way, at the usual addresses.</summary>
    [Fact]
    public async Task The_service_runs_from_its_source_at_the_addresses_that_are_set()
    {
        var (api, emulator) = ($"localhost:{FreePort.Take()}", $"localhost:{FreePort.Take()}");
        var script = Addresses.Text
            .Replace("localhost:9080", api, StringComparison.Ordinal)
            .Replace("localhost:9090", emulator, StringComparison.Ordinal)
            .Replace("dotnet run --project src/Silo", "dotnet run --no-build --configuration $CONFIGURATION --project $ROOT/src/Silo", StringComparison.Ordinal);
        Assert.NotEqual(Addresses.Text, script);
        var folder = Directory.CreateTempSubdirectory("documents-");
        using var shell = Process.Start(DocumentShell.StartInfo(script, folder.FullName))!;
        shell.OutputDataReceived += static (_, _) => { };
        shell.ErrorDataReceived += static (_, _) => { };
        shell.BeginOutputReadLine();
        shell.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient();
            foreach (var address in (string[])[$"http://{api}/health/ready", $"http://{emulator}/_emulator/events"])
                await Eventually.TrueAsync(async () => await AnswersAsync(client, address), TimeSpan.FromMinutes(3), address);
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
            await shell.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Whether these tests run this block.</summary>
    internal static bool Covers(DocumentBlock block) =>
        new[] { Key, Cluster, Certificates, Containers, Settings, Addresses }.Contains(block);

    private static async Task<bool> AnswersAsync(HttpClient client, string address)
    {
        try
        {
            return (await client.GetAsync(address)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not yet.
        }
    }
}
