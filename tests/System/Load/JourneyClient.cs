using System.Net.Http.Headers;
using System.Text.Json;

namespace GuestSessions.SystemTests.Load;

/// <summary>Calls of the API, and of the emulator's inspection, as they are.</summary>
internal sealed class JourneyClient : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;

    public JourneyClient(Uri address)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-admin");
    }

    public async Task<JsonElement> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Json);
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStreamAsync());
    }

    public async Task<JsonElement> GetAsync(Uri address)
        => JsonSerializer.Deserialize<JsonElement>(await _http.GetStringAsync(address));

    public Task<JsonElement> GuestAsync(string guest) => GetAsync(new Uri(_http.BaseAddress!, $"/v1/guests/{guest}"));

    public async Task<long> DeliveredAsync(string guest) => (await GuestAsync(guest)).GetProperty("delivered").GetInt64();

    public void Dispose() => _http.Dispose();
}
