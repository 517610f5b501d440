using System.Net.Http.Headers;
using System.Text.Json;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Documents;

/// <summary>One all-in-one for all documents, with the emulator. Each document has its own guests.</summary>
public sealed class DocumentService : IAsyncLifetime
{
    public const string Name = "documents";

    private const string Service = "localhost:8080";
    private const string UpstreamOfService = "localhost:8090";

    private readonly string _emulator = $"127.0.0.1:{FreePort.Take()}";
    private readonly HttpClient _client = new();
    private SiloProcess? _silo;

    public async ValueTask InitializeAsync()
    {
        _silo = new SiloProcess(new Uri($"http://{_emulator}"), ("Emulator:Enabled", "true"), ("Emulator:Url", $"http://{_emulator}"));
        await _silo.StartAsync();
        _client.BaseAddress = _silo.Address;
        _client.DefaultRequestHeaders.Authorization = new("Bearer", "demo-admin");
    }

    public static string Named(string text, string document) =>
        text.Replace("cust-", $"{Path.GetFileName(document)}-", StringComparison.Ordinal);

    /// <summary>Runs commands of a document at this service, and ends the faults and the pause that they may have left.</summary>
    public async Task<string> RunAsync(string script, string document, params (string Name, string Value)[] environment)
    {
        try
        {
            return await DocumentShell.RunAsync(
                Named(script, document)
                    .Replace(Service, _silo!.Address.Authority, StringComparison.Ordinal)
                    .Replace(UpstreamOfService, _emulator, StringComparison.Ordinal),
                [("API", $"http://{_silo.Address.Authority}"), ("EMULATOR", $"http://{_emulator}"), .. environment]);
        }
        finally
        {
            await _client.DeleteAsync($"http://{_emulator}/_emulator/faults");
            await PostAsync("/v1/delivery/resume", """{"reason":"the next document"}""");
        }
    }

    public async Task<string> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return await (await _client.PostAsync(path, content)).Content.ReadAsStringAsync();
    }

    public Task<string> GetAsync(string path) => _client.GetStringAsync(path);

    /// <summary>Asks the emulator itself, as the service does.</summary>
    public Task<string> GetUpstreamAsync(string path) => _client.GetStringAsync($"http://{_emulator}{path}");

    /// <summary>Posts to the emulator itself, as the service does.</summary>
    public Task<string> PostUpstreamAsync(string path, string body) => PostAsync($"http://{_emulator}{path}", body);

    /// <summary>Events that arrived under the browser of a guest.</summary>
    internal async Task<IReadOnlyList<JsonElement>> ArrivedOfAsync(string guest)
    {
        var browsers = JsonElement.Parse(await _client.GetStringAsync($"/v1/guests/{guest}")).GetProperty("browser_ids")
            .EnumerateArray().Select(static id => id.GetString()).ToList();
        return [.. JsonElement.Parse(await _client.GetStringAsync($"http://{_emulator}/_emulator/events?limit=1000"))
            .GetProperty("items").EnumerateArray().Where(arrival =>
                arrival.TryGetProperty("browser_id", out var id) && browsers.Contains(id.GetString()))];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _silo!.DisposeAsync();
    }

    [CollectionDefinition(Name)]
    public sealed class Users : ICollectionFixture<DocumentService>;
}
