using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>The Orleans Dashboard of the real process: whom it lets in, and that it shows no guest.</summary>
public sealed class DashboardTests
{
    private const string Canary = "canary-7f3a91";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Scopes = ["ingest", "support:read", "support:reveal", "support:act", "admin"];

    private static readonly string[] Paths =
    [
        "/orleans", "/orleans/", "/orleans/index.html", "/orleans/index.min.js", "/orleans/index.css", "/orleans/version",
        "/orleans/DashboardCounters", "/orleans/ClusterStats", "/orleans/Reminders", "/orleans/Reminders/1",
        "/orleans/HistoricalStats/{silo}", "/orleans/SiloProperties/{silo}", "/orleans/SiloStats/{silo}", "/orleans/SiloCounters/{silo}",
        "/orleans/GrainStats/GuestSessions.Grains.Guests.GuestGrain", "/orleans/TopGrainMethods", "/orleans/GrainTypes",
        "/orleans/Trace", "/orleans/GrainState", "/orleans/grainstate?grainId=guest/demo/canary-7f3a91&grainType=guest",
    ];

    [Fact]
    public async Task Only_the_scope_admin_sees_it_and_it_shows_no_guest()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, [("Dashboard:Enabled", "true"), .. Keys()]);
        silo.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address, "key of ingest");
        await client.RecordAsync(new SentEvent(Canary, Canary) { Variant = Canary });
        await Eventually.TrueAsync(
            () => upstream.Arrivals.Any(static arrival => arrival.Mark.Contains(Canary, StringComparison.Ordinal)), Patience, "it is delivered");

        foreach (var secret in Scopes.Where(static scope => scope != "admin").Select(static scope => (string?)$"key of {scope}").Append("unknown").Append(null))
        {
            foreach (var path in Paths)
            {
                var (status, _) = await GetAsync(silo.Address, path, secret);
                Assert.True(status == (secret?.StartsWith("key of", StringComparison.Ordinal) == true
                    ? HttpStatusCode.Forbidden : HttpStatusCode.Unauthorized), $"{path} answers {status} to {secret}");
            }
        }

        // It counts calls only while somebody looks: look until it has seen a call of a guest.
        var address = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var (_, counters) = await GetAsync(silo.Address, "/orleans/DashboardCounters", "key of admin");
                address = System.Text.RegularExpressions.Regex.Match(counters, "\"siloAddress\":\"([^\"]+)\"").Groups[1].Value;
                return address.Length > 0;
            },
            Patience, "the dashboard knows its silo");
        var at = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                await client.RecordAsync(new SentEvent(Canary, $"{Canary}-{at++}") { Variant = Canary });
                return (await GetAsync(silo.Address, "/orleans/TopGrainMethods", "key of admin")).Text.Contains("Record", StringComparison.Ordinal);
            },
            Patience, "the dashboard knows of calls");
        foreach (var path in Paths)
        {
            var (status, text) = await GetAsync(silo.Address, path.Replace("{silo}", address, StringComparison.Ordinal), "key of admin");
            var expected = path.Contains("grainstate", StringComparison.OrdinalIgnoreCase) ? HttpStatusCode.NotFound
                : path.EndsWith("Trace", StringComparison.Ordinal) ? HttpStatusCode.Forbidden
                : path == "/orleans" ? HttpStatusCode.MovedPermanently
                : HttpStatusCode.OK;
            Assert.True(status == expected, $"{path} answers {status}");
            Assert.DoesNotContain(Canary, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task It_is_off_unless_it_is_switched_on()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();

        foreach (var path in Paths)
            Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(silo.Address, path, "demo-admin")).Status);
    }

    private static IEnumerable<(string, string)> Keys() =>
    [
        ("Tenants:demo:StreamApi:AllowInsecure", "true"),
        ("Tenants:demo:StreamApi:AllowPrivate", "true"),
        .. Scopes.SelectMany(static (scope, at) => new (string, string)[]
        {
            ($"Tenants:demo:ApiKeys:{at}:Id", scope.Replace(':', '-')),
            ($"Tenants:demo:ApiKeys:{at}:SecretSha256", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"key of {scope}")))),
            ($"Tenants:demo:ApiKeys:{at}:Scopes:0", scope),
        }),
    ];

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(Uri address, string path, string? secret)
    {
        using var direct = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(direct) { BaseAddress = address };
        if (secret is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
