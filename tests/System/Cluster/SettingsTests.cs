using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>Hosts of a cluster that get the same changed file.</summary>
public sealed partial class SettingsTests
{
    private const string Metrics = "key-for-metrics";

    /// <summary>What hosts take at most until they agree.</summary>
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Silos_and_API_hosts_agree_on_a_new_tenant_within_seconds_and_the_audit_has_it_once()
    {
        var folder = Directory.CreateTempSubdirectory("settings-");
        var file = Path.Combine(folder.FullName, "settings.json");
        await File.WriteAllTextAsync(file, "{}");
        // Outside Development, where silos have no settings of their own beside the program.
        await using var cluster = await Topology.StartAsync(silos: 2, apis: 1,
            environment: [("SETTINGS_FILE", file), ("ASPNETCORE_ENVIRONMENT", "Production")],
            settings:
            [
                ("Tenants:demo:StreamApi:AllowInsecure", "true"), ("Tenants:demo:StreamApi:AllowPrivate", "true"),
                ("Tenants:demo:ApiKeys:0:Id", "metrics"), ("Tenants:demo:ApiKeys:0:SecretSha256", Hash(Metrics)),
                ("Tenants:demo:ApiKeys:0:Scopes:0", "admin"),
            ]);
        var hosts = cluster.Silos.Concat(cluster.Apis).ToList();
        var before = await FingerprintsAsync(hosts);
        Assert.Single(before.Distinct());

        await File.WriteAllTextAsync(file, $$$"""
            {"Sessions":{"Tenants":{"other":{
              "StreamApi":{"BaseUrl":"{{{cluster.Upstream.Address}}}",
                           "ClientKey":"{{{Upstream.OtherClientKey}}}","AllowInsecure":true,"AllowPrivate":true},
              "Defaults":{"Channel":"WEB","Language":"EN","Currency":"EUR"},
              "PointsOfSale":[{"Name":"{{{SentEvent.PointOfSale}}}"}],
              "Delivery":{"RatePerSecond":1000},
              "ApiKeys":[{"Id":"other","SecretSha256":"{{{Hash("other-key")}}}","Scopes":["ingest","admin"]}]} } } }
            """);

        await Eventually.TrueAsync(
            async () => (await FingerprintsAsync(hosts)).Distinct().ToList() is [var one] && one != before[0], Seconds,
            () => Task.FromResult(cluster.Tell("The hosts agree on something new.")));
        using var client = new SessionsClient(cluster.Addresses, "other-key");
        var events = Enumerable.Range(0, 20).Select(static number => new SentEvent($"guest-{number}", "e1")).ToList();
        foreach (var @event in events)
            Assert.Equal(EventStatus.Accepted, Assert.Single(await client.RecordAsync(@event)).EventStatus);
        await Eventually.TrueAsync(
            () => events.TrueForAll(sent => cluster.Upstream.Arrivals.Any(arrival => arrival.Mark == sent.Mark)), Patience,
            "both silos deliver for the new tenant");
        await Eventually.TrueAsync(async () => (await client.ListAsync("/v1/audit")).Count > 0, Patience, "the audit has it");
        var act = Assert.Single(await client.ListAsync("/v1/audit"));
        Assert.Equal(("tenant_added", "configuration"), (act.GetProperty("act").GetString(), act.GetProperty("by").GetString()));

        await File.WriteAllTextAsync(file, "{}");
        await Eventually.TrueAsync(
            async () => (await FingerprintsAsync(hosts)).All(one => one == before[0]), Seconds,
            () => Task.FromResult(cluster.Tell("The hosts are back.")));
        using var http = new HttpClient { BaseAddress = cluster.Addresses[0] };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "other-key");
        using var answer = await http.GetAsync(new Uri("/v1/audit", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        folder.Delete(recursive: true);
    }

    private static async Task<List<string>> FingerprintsAsync(IEnumerable<HostProcess> hosts)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Metrics);
        List<string> fingerprints = [];
        foreach (var host in hosts)
        {
            try
            {
                fingerprints.Add(Fingerprint().Match(await http.GetStringAsync(new Uri(host.Address, "/metrics"))).Groups[1].Value);
            }
            catch (HttpRequestException exception)
            {
                throw new InvalidOperationException(host.Tell("A host does not answer."), exception);
            }
        }

        return fingerprints;
    }

    private static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    [GeneratedRegex(@"^sessions_settings_fingerprint\{[^}]*\} (\S+)", RegexOptions.Multiline)]
    private static partial Regex Fingerprint();
}
