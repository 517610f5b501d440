using System.Text.Json;
using GuestSessions.Emulator;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Histories;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>
/// The Stream API, in the test's own process so that it outlives the silo. It can go down and come back at
/// the same address, and remembers every arrival of all its lives.
/// </summary>
internal sealed class Upstream : IAsyncDisposable
{
    public const string ClientKey = "demo-client-key";
    public const string OtherClientKey = "other-client-key";

    private readonly EmulatorSettings _settings;
    private readonly List<Arrival> _before = [];
    private StreamApiEmulator? _emulator;

    private Upstream(EmulatorSettings settings)
    {
        _settings = settings;
        Address = new Uri(settings.Urls);
    }

    public Uri Address { get; }

    public FaultPlan Faults => _emulator!.Faults;

    /// <summary>Events that arrived, in their order, whatever became of them.</summary>
    public IReadOnlyList<UpstreamArrival> Arrivals
    {
        get
        {
            IEnumerable<Arrival> all = [.. _before, .. _emulator?.Arrivals.Since() ?? []];
            return [.. all.Where(static arrival => !arrival.Body.IsEmpty).Select(Read)];
        }
    }

    /// <summary>A browser's sessions as the emulator cuts them, of its current life.</summary>
    public IReadOnlyList<GuestSessions.Emulator.Sessions.Session> SessionsOf(string browserId) =>
        _emulator!.Sessions.Of(browserId);

    /// <summary>Requests so far, of its current life.</summary>
    public long Requests => _emulator?.Arrivals.Stats.Requests ?? 0;

    /// <summary>Requests that are being answered.</summary>
    public int InFlight => _emulator?.Arrivals.Stats.InFlight ?? 0;

    public static async Task<Upstream> StartAsync(TimeSpan latency = default, string address = "127.0.0.1")
    {
        var upstream = new Upstream(new EmulatorSettings
        {
            Urls = $"http://{address}:{FreePort.Take()}",
            Latency = latency,
            ArrivalsKept = 5_000_000,
            ClientKeys = { ClientKey, OtherClientKey },
        });
        await upstream.ComeBackAsync();
        return upstream;
    }

    public async Task ComeBackAsync()
    {
        _emulator = new StreamApiEmulator(_settings);
        await _emulator.StartAsync(CancellationToken.None);
    }

    /// <summary>From here on connections are refused.</summary>
    public async Task GoDownAsync()
    {
        if (_emulator is not { } emulator)
            return;
        await emulator.StopAsync(CancellationToken.None);
        _before.AddRange(emulator.Arrivals.Since());
        _emulator = null;
        await emulator.DisposeAsync();
    }

    /// <summary>A browser id as an SDK gets it.</summary>
    public async Task<string> IssueBrowserIdAsync()
    {
        using var http = new HttpClient();
        using var answer = JsonDocument.Parse(await http.GetStringAsync(
            new Uri(Address, $"/v1.2/browser/create.json?client_key={ClientKey}&message={{}}")));
        return answer.RootElement.GetProperty("ref").GetString()!;
    }

    public async ValueTask DisposeAsync() => await GoDownAsync();

    private static UpstreamArrival Read(Arrival arrival)
    {
        using var body = JsonDocument.Parse(arrival.Body);
        return new UpstreamArrival(body.RootElement.GetProperty("page").GetString()!, arrival.Status, arrival.At)
        {
            BrowserId = arrival.BrowserId,
        };
    }
}
