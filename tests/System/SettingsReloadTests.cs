using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>Tenants and keys change in the files of a running service, rightly and wrongly.</summary>
public sealed class SettingsReloadTests : IAsyncLifetime
{
    private const string SecretName = "Sessions__Tenants__demo__ApiKeys__0__SecretSha256";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("settings-");
    private Upstream _upstream = null!;
    private HostProcess _silo = null!;

    private string SettingsFile => Path.Combine(_folder.FullName, "settings.json");

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync();
        _silo = new SiloProcess(_upstream.Address);
        _silo.Environment["SETTINGS_FILE"] = SettingsFile;
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _upstream.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Keys_and_tenants_change_without_a_restart_and_the_audit_names_what_changed()
    {
        Write(Tenants(("old-key", "admin"), ("operator", "support:read")));
        await _silo.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await ReadAsync("old-key", "/v1/ext-types"));

        var settings = Tenants(("new-key", "admin"), ("operator", "support:read"));
        settings["Sessions"]!["Tenants"]!["other"] = Other();
        Write(settings);

        await StatusAsync("new-key", "/v1/ext-types", HttpStatusCode.OK);
        await StatusAsync("old-key", "/v1/ext-types", HttpStatusCode.Unauthorized);
        using var other = new SessionsClient(_silo.Address, "other-key");
        var @event = new SentEvent("g", "e1");
        Assert.Equal(EventStatus.Accepted, Assert.Single(await other.RecordAsync(@event)).EventStatus);
        await Eventually.TrueAsync(
            () => _upstream.Arrivals.Any(arrival => arrival.Mark == @event.Mark), Patience, "a new tenant's event is delivered");
        using var http = new HttpClient { BaseAddress = _silo.Address };
        using var ingress = await http.GetAsync(new Uri(
            $"/v1.2/browser/create.json?client_key={Upstream.OtherClientKey}&message=%7B%7D", UriKind.Relative));
        Assert.True(ingress.IsSuccessStatusCode);

        await Eventually.TrueAsync(async () => (await AuditAsync("new-key")).Count == 1, Patience, "the audit has it");
        var act = Assert.Single(await AuditAsync("new-key"));
        Assert.Equal(
            ("settings_changed", "configuration"), (act.GetProperty("act").GetString(), act.GetProperty("by").GetString()));
        var reason = act.GetProperty("reason").GetString()!;
        Assert.Contains("ApiKeys:new-key:Id", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Hash("new-key"), _silo.Tell(reason), StringComparison.OrdinalIgnoreCase);

        settings["Sessions"]!["Tenants"]!.AsObject().Remove("other");
        Write(settings);
        await StatusAsync("other-key", "/v1/guests/g/events", HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, await ReadAsync("new-key", "/v1/ext-types"));
    }

    [Fact]
    public async Task What_roles_of_people_may_do_changes_without_a_restart_and_the_audit_names_the_role()
    {
        Write(Tenants(("operator", "admin")));
        await _silo.StartAsync();

        var settings = Tenants(("operator", "admin"));
        settings["Sessions"]!["SignIn"] = new JsonObject
        {
            ["Roles"] = new JsonArray(new JsonObject
            {
                ["Name"] = "agents",
                ["Tenants"] = new JsonObject { ["*"] = new JsonArray("support:read") },
            }),
        };
        Write(settings);

        await Eventually.TrueAsync(async () => (await AuditAsync("operator")).Count == 1, Patience, "the audit has it");
        Assert.Contains(
            "SignIn:Roles:agents", Assert.Single(await AuditAsync("operator")).GetProperty("reason").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_with_a_mistake_changes_nothing_says_why_and_is_over_with_the_mistake()
    {
        Write(Tenants(("operator", "support:read"), ("metrics", "admin")));
        await _silo.StartAsync();
        using var http = new HttpClient { BaseAddress = _silo.Address };

        var wrong = Tenants(("operator-2", "support:read"));
        wrong["Sessions"]!["Tenants"]!["other"] = new JsonObject();
        Write(wrong);

        await SaidAsync("Sessions:Tenants:other:StreamApi:ClientKey: the direct form needs the tenant's client key.");
        await Eventually.TrueAsync(async () => await IsRejectedAsync(http), Patience, "the metric says so");
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync("operator-2", "/v1/backlog"));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync("operator", "/v1/backlog"));

        await File.WriteAllTextAsync(SettingsFile, """{"Sessions":{"Tenants":{"demo":""");
        await SaidAsync("settings.json: ");
        Assert.Equal(HttpStatusCode.OK, await ReadAsync("operator", "/v1/backlog"));

        Write(Tenants(("operator-2", "support:read")));
        await StatusAsync("operator-2", "/v1/backlog", HttpStatusCode.OK);
        await StatusAsync("operator", "/v1/backlog", HttpStatusCode.Unauthorized);
        await Eventually.TrueAsync(async () => !await IsRejectedAsync(http), Patience, "the metric is back");
    }

    [Fact]
    public async Task Mounted_links_are_followed_for_settings_and_secrets_and_limits_of_delivery_hold_at_once()
    {
        _silo.Environment["SECRETS_FOLDER"] = Path.Combine(_folder.FullName, "secrets");
        _silo.Environment["DOTNET_USE_POLLING_FILE_WATCHER"] = "1";
        File.CreateSymbolicLink(SettingsFile, Path.Combine("..data", "settings.json"));
        File.CreateSymbolicLink(
            Path.Combine(_folder.CreateSubdirectory("secrets").FullName, SecretName), Path.Combine("..", "..data", SecretName));
        await MountAsync("..1", new JsonObject(), "first");
        await _silo.StartAsync();
        using var first = new SessionsClient(_silo.Address, "first");
        Assert.Equal(EventStatus.Accepted, Assert.Single(await first.RecordAsync(new SentEvent("g", "e1"))).EventStatus);

        await MountAsync("..2", new JsonObject { ["Settle"] = "00:05:00" }, "second");
        await StatusAsync("second", "/v1/backlog", HttpStatusCode.Forbidden);
        await SaidAsync("Delivery:Settle");
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync("first", "/v1/backlog"));
        using var second = new SessionsClient(_silo.Address, "second");
        await second.RecordAsync(new SentEvent("g", "waits"));

        await MountAsync("..3", new JsonObject { ["Concurrency"] = 1 }, "second");
        await SaidAsync("Delivery:Concurrency");
        await second.RecordAsync(new SentEvent("h", "e1"));
        await Eventually.TrueAsync(
            () => _upstream.Arrivals.Any(static arrival => arrival.Mark == "/h/e1"), Patience, "another guest's event is delivered");
        Assert.DoesNotContain(_upstream.Arrivals, static arrival => arrival.Mark == "/g/waits");
    }

    /// <summary>As Kubernetes updates a mounted ConfigMap or secret: a new folder, and a link that changes at once.</summary>
    private async Task MountAsync(string name, JsonObject delivery, string secret)
    {
        var settings = Tenants(("placeholder", "ingest"));
        settings["Sessions"]!["Tenants"]!["demo"]!["Delivery"] = delivery;
        var next = _folder.CreateSubdirectory(name).FullName;
        await File.WriteAllTextAsync(Path.Combine(next, "settings.json"), settings.ToJsonString());
        await File.WriteAllTextAsync(Path.Combine(next, SecretName), Hash(secret) + "\n");
        var link = Path.Combine(_folder.FullName, "..next");
        File.CreateSymbolicLink(link, name);
        using var move = Process.Start("mv", ["-T", link, Path.Combine(_folder.FullName, "..data")]);
        await move.WaitForExitAsync();
        Assert.Equal(0, move.ExitCode);
    }

    private void Write(JsonNode settings)
    {
        var next = SettingsFile + ".next";
        File.WriteAllText(next, settings.ToJsonString());
        File.Move(next, SettingsFile, overwrite: true);
    }

    private static JsonObject Tenants(params (string Secret, string Scope)[] keys) => new()
    {
        ["Sessions"] = new JsonObject
        {
            ["Tenants"] = new JsonObject { ["demo"] = new JsonObject { ["ApiKeys"] = Keys(keys) } },
        },
    };

    private static JsonArray Keys(params (string Secret, string Scope)[] keys) =>
    [
        .. keys.Select(static key => new JsonObject
        {
            ["Id"] = key.Secret, ["SecretSha256"] = Hash(key.Secret), ["Scopes"] = new JsonArray(key.Scope),
        }),
    ];

    private JsonObject Other() => new()
    {
        ["StreamApi"] = new JsonObject { ["BaseUrl"] = _upstream.Address.ToString(), ["ClientKey"] = Upstream.OtherClientKey },
        ["Defaults"] = new JsonObject { ["Channel"] = "WEB", ["Language"] = "EN", ["Currency"] = "EUR" },
        ["PointsOfSale"] = new JsonArray(new JsonObject { ["Name"] = SentEvent.PointOfSale }),
        ["ApiKeys"] = Keys(("other-key", "ingest")),
    };

    private static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private Task StatusAsync(string secret, string path, HttpStatusCode expected) => Eventually.TrueAsync(
        async () => await ReadAsync(secret, path) == expected, Patience,
        () => Task.FromResult(_silo.Tell($"{path} answers {expected} to {secret}")));

    private async Task<HttpStatusCode> ReadAsync(string secret, string path)
    {
        using var http = new HttpClient { BaseAddress = _silo.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private async Task<IReadOnlyList<JsonElement>> AuditAsync(string secret)
    {
        using var client = new SessionsClient(_silo.Address, secret);
        return await client.ListAsync("/v1/audit");
    }

    private Task SaidAsync(string words) => Eventually.TrueAsync(
        () => Task.FromResult(_silo.Output.Any(line => line.Contains(words, StringComparison.Ordinal))), Patience,
        () => Task.FromResult(_silo.Tell(words)));

    private static async Task<bool> IsRejectedAsync(HttpClient http) =>
        (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n')
            .Any(static line => line.StartsWith("sessions_settings_rejected{", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal));
}
