using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using GuestSessions.Emulator;
using GuestSessions.Emulator.Arrivals;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>An emulator in this process on a free port, and a plain HTTP client to it.</summary>
internal sealed class RunningEmulator : IAsyncDisposable
{
    public const string Key = "key-1";
    public const string ContextId = "context-1";

    private RunningEmulator(StreamApiEmulator emulator, X509Certificate2? certificate)
    {
        Emulator = emulator;
        Certificate = certificate;
        Http = new HttpClient { BaseAddress = emulator.Address };
    }

    public StreamApiEmulator Emulator { get; }

    public X509Certificate2? Certificate { get; }

    public HttpClient Http { get; }

    public string Url => Emulator.Address.ToString();

    /// <summary>Events that arrived, whatever became of them.</summary>
    public int EventsSeen => Emulator.Arrivals.Since().Count(arrival => !arrival.Body.IsEmpty);

    public static Task<RunningEmulator> StartAsync(
        TimeProvider? time = null, Action<EmulatorSettings>? configure = null)
    {
        var settings = new EmulatorSettings
        {
            Urls = "http://127.0.0.1:0",
            ClientKeys = { Key },
            ContextIds = { ContextId },
            PointsOfSale = { new PointOfSale { Name = "harbourbikes/ie", SiteIds = { "harbour-ie" } } },
        };
        configure?.Invoke(settings);
        return StartAsync(new StreamApiEmulator(settings, time), settings.Certificate);
    }

    /// <summary>Over TLS with a certificate that only a client made for it takes.</summary>
    public static Task<RunningEmulator> StartTlsAsync(HttpProtocols protocols) =>
        StartAsync(configure: settings =>
        {
            settings.Urls = "https://127.0.0.1:0";
            settings.Protocols = protocols;
            settings.Certificate = Certificates.New();
        });

    public async Task<string> NewBrowserIdAsync()
    {
        var answer = await Http.GetFromJsonAsync<JsonElement>(
            $"/v1.2/browser/create.json?client_key={Key}&message=%7B%7D");
        return answer.GetProperty("ref").GetString()!;
    }

    /// <summary>Posts an event; <paramref name="more"/> are further members, with a leading comma.</summary>
    public Task<HttpResponseMessage> PostAsync(string browserId, string type = "VIEW", string more = "") =>
        Http.PostAsync("/v1.2/events", new StringContent(
            $"{{\"client_key\":\"{Key}\",\"type\":\"{type}\",\"channel\":\"WEB\",\"pos\":\"harbourbikes/ie\","
            + $"\"browser_id\":\"{browserId}\"{more}}}"));

    /// <summary>
    /// Posts an event that has all the common attributes, and gives what the emulator says of it.
    /// </summary>
    public async Task<Arrival> TellAsync(string browserId, string type = "VIEW", string more = "")
    {
        using var response = await PostAsync(
            browserId, type, ",\"language\":\"EN\",\"currency\":\"EUR\",\"page\":\"/tourers\"" + more);
        return Emulator.Arrivals.Since(browserId: browserId)[^1];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Emulator.StopAsync(CancellationToken.None);
        await Emulator.DisposeAsync();
    }

    private static async Task<RunningEmulator> StartAsync(
        StreamApiEmulator emulator, X509Certificate2? certificate)
    {
        await emulator.StartAsync(CancellationToken.None);
        return new RunningEmulator(emulator, certificate);
    }
}
