using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GuestSessions.Emulator;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SdkTests;

/// <summary>
/// The service between an SDK and an upstream that outlives it. The upstream is slow, so that a kill finds events
/// undelivered.
/// </summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string ClientKey = "demo-client-key";
    public const string ContextId = "demo-context-id";
    public const string Site = "harbourbikes-ie";
    public const string PointOfSale = "harbourbikes/ie";

    private const int Askers = 8; // of the pool of browser ids

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly StreamApiEmulator _upstream;

    private Shop(StreamApiEmulator upstream, HostProcess silo)
    {
        _upstream = upstream;
        Silo = silo;
    }

    public HostProcess Silo { get; }

    public Uri Upstream => _upstream.Address;

    /// <param name="form">How the service speaks to the upstream.</param>
    /// <param name="more">Settings below <c>Sessions</c> besides.</param>
    public static async Task<Shop> OpenAsync(string form, Dictionary<string, string>? more = null)
    {
        var upstream = new StreamApiEmulator(new EmulatorSettings
        {
            Urls = $"http://127.0.0.1:{FreePort.Take()}",
            Latency = Latency,
            ClientKeys = { ClientKey },
            ContextIds = { ContextId },
            PointsOfSale = { new PointOfSale { Name = PointOfSale, SiteIds = { Site } } },
        });
        await upstream.StartAsync(CancellationToken.None);
        var silo = new HostProcess(Binaries.Silo, new Dictionary<string, string>(more ?? [])
        {
            ["Emulator:Enabled"] = "false",
            ["Tenants:demo:StreamApi:BaseUrl"] = upstream.Address.ToString(),
            ["Tenants:demo:StreamApi:Form"] = form,
            ["Tenants:demo:StreamApi:ClientKey"] = ClientKey,
            ["Tenants:demo:StreamApi:ContextId"] = ContextId,
            ["Tenants:demo:PointsOfSale:0:SiteIds:0"] = Site,
            ["Ingress:PersonalizationWait"] = "00:00:08",
            // A takeover waits for the sum of these, and no longer than a decision waits for it.
            ["Delivery:StartValidity"] = "00:00:01",
            ["Delivery:ConnectTimeout"] = "00:00:01",
            ["Delivery:ResponseTimeout"] = "00:00:04",
        });
        await silo.StartAsync();
        var shop = new Shop(upstream, silo);
        await Eventually.TrueAsync(shop.HasIdsAhead, Patience, "browser ids are ready");
        return shop;
    }

    /// <summary>
    /// One of the askers came again and was answered, so its first id is in the pool. A visitor before that gets a local id, which is
    /// not the one that the upstream knows.
    /// </summary>
    private bool HasIdsAhead() => _upstream.Arrivals.Since().Count(static arrival => arrival.Fate == Fate.Served
        && arrival.Path.EndsWith("/browser/create.json", StringComparison.Ordinal)) > Askers;

    public JsonObject Settings(string? sdk = null) => new()
    {
        ["sdk"] = sdk,
        ["url"] = Silo.Address.GetLeftPart(UriPartial.Authority),
        ["clientKey"] = ClientKey,
        ["contextId"] = ContextId,
        ["siteId"] = Site,
        ["pointOfSale"] = PointOfSale,
        ["pagePort"] = FreePort.Take(),
        ["chromium"] = Packages.Chromium,
    };

    /// <summary>SIGKILL with events undelivered, and a new process over what the old one left.</summary>
    public async Task DieAndComeBackAsync()
    {
        await Silo.KillAsync();
        await Silo.StartAsync();
    }

    /// <summary>The events of a browser that the upstream keeps, once they are all there.</summary>
    public async Task<IReadOnlyList<Arrival>> KeptAsync(string browserId, Func<IReadOnlyList<Arrival>, bool> areAll)
    {
        try
        {
            await Eventually.TrueAsync(() => areAll(Kept(browserId)), Patience, "every event arrives");
            return Kept(browserId);
        }
        catch (TimeoutException timeout)
        {
            using var support = new HttpClient { BaseAddress = Silo.Address };
            support.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-support");
            var timeline = await support.GetStringAsync($"/v1/guests/browser:{browserId}/events");
            throw new TimeoutException(
                Silo.Tell($"{Kept(browserId).Count} events arrived. Their timeline: {timeline}"), timeout);
        }
    }

    private List<Arrival> Kept(string browserId) =>
        [.. _upstream.Arrivals.Since().Where(arrival =>
            arrival.BrowserId == browserId && !arrival.Body.IsEmpty && arrival.Fate == Fate.Kept)];

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        await _upstream.DisposeAsync();
    }
}
