using System.Net;
using System.Net.Sockets;
using System.Text;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Guests;

namespace GuestSessions.Api.Tests.Ingress;

/// <summary>One stranger spends what is its own, and nothing of what all others need.</summary>
public sealed class StrangerTests
{
    private const string Create = "/v1.2/browser/create.json?client_key=demo-client-key";
    private const string Stranger = "127.0.0.7";

    [Fact]
    public async Task One_address_cannot_spend_the_tenants_new_browsers()
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?>
        {
            ["Sessions:Ingress:NewBrowsersPerSecond"] = "20",
            ["Sessions:Ingress:NewBrowsersPerSecondPerAddress"] = "1",
        });

        var strangers = await SendAsync(api, Stranger, Enumerable.Range(0, 60).Select(static _ => Guid.NewGuid().ToString()));
        var others = await SendAsync(api, "127.0.0.8", [Guid.NewGuid().ToString(), Guid.NewGuid().ToString()]);

        Assert.Contains(HttpStatusCode.TooManyRequests, strangers);
        Assert.All(others, static status => Assert.Equal(HttpStatusCode.Created, status));
    }

    [Fact]
    public async Task A_browser_whose_id_we_gave_out_is_no_stranger()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Ingress:NewBrowsersPerSecond"] = "1" }, browserIds: 2);
        await api.Upstream.Exhausted.Task;
        List<string> given = [];
        for (var visitor = 0; visitor < 6; visitor++)
            given.Add((await api.GetAsync(Create, secret: null)).Json.GetProperty("ref").GetString()!);
        Assert.Contains(given, static id => !LocalBrowserIds.Is(id));
        Assert.Contains(given, static id => LocalBrowserIds.Is(id));

        var strangers = await SendAsync(api, Stranger, Enumerable.Range(0, 40).Select(static _ => Guid.NewGuid().ToString()));
        var made = await SendAsync(api, Stranger, [LocalBrowserIds.Make(Guid.NewGuid()), LocalBrowserIds.Make(Guid.NewGuid())]);
        var visitors = await SendAsync(api, Stranger, given.Select(static (id, at) => at % 2 == 0 ? id : id.ToUpperInvariant()));

        Assert.Contains(HttpStatusCode.TooManyRequests, strangers);
        Assert.Contains(HttpStatusCode.TooManyRequests, made);
        Assert.All(visitors, static status => Assert.Equal(HttpStatusCode.Created, status));
    }

    [Fact]
    public async Task One_address_cannot_drain_the_browser_ids_of_all()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Ingress:BrowserIdsPerSecondPerAddress"] = "5" }, browserIds: 60);
        await api.Upstream.Exhausted.Task;

        var taken = new List<string>();
        for (var call = 0; call < 300; call++)
            taken.Add(await CreateAsync(api, Stranger));
        var other = await CreateAsync(api, "127.0.0.8");

        Assert.Equal(300, taken.Distinct().Count());
        Assert.InRange(taken.Count(static id => !LocalBrowserIds.Is(id)), 1, 63);
        Assert.False(LocalBrowserIds.Is(other));
        Assert.Contains(taken, id => LocalBrowserIds.Is(id) && !LocalBrowserIds.IsSigned(id, ApiHost.Keyring, ApiHost.Tenant));
    }

    [Fact]
    public async Task A_look_up_of_made_up_ids_makes_no_more_guests_than_events_may()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Ingress:NewBrowsersPerSecond"] = "1" }, browserIds: 60);
        await api.Upstream.Exhausted.Task;

        var answers = new List<HttpStatusCode>();
        for (var call = 0; call < 40; call++)
            answers.Add((await api.GetAsync(
                $"/v1.2/browser/{LocalBrowserIds.Make(Guid.NewGuid())}/show.json?client_key=demo-client-key", secret: null)).Status);

        Assert.Contains(HttpStatusCode.ServiceUnavailable, answers);
        Assert.InRange(answers.Count(static status => status == HttpStatusCode.OK), 0, 10);
    }

    [Fact]
    public void Of_the_ids_given_out_the_latest_are_remembered()
    {
        var issued = new IssuedBrowsers(ApiHost.Keyring);
        List<string> ids = [.. Enumerable.Range(0, 210_000).Select(static _ => Guid.NewGuid().ToString())];
        ids.ForEach(id => issued.Remember(ApiHost.Tenant, id));

        Assert.False(issued.Has(ApiHost.Tenant, ids[0]));
        Assert.All(ids.TakeLast(100_000), id => Assert.True(issued.Has(ApiHost.Tenant, id)));
        Assert.False(issued.Has("other", ids[^1]));
    }

    [Fact]
    public void A_signature_is_of_one_tenant_and_one_store()
    {
        var id = LocalBrowserIds.Make(Guid.NewGuid(), ApiHost.Keyring, "shop");
        var elsewhere = new GuestKeyring([.. Enumerable.Repeat((byte)1, GuestKeyring.SecretLength)]);

        Assert.True(LocalBrowserIds.Is(id));
        Assert.True(LocalBrowserIds.IsSigned(id, ApiHost.Keyring, "shop"));
        Assert.False(LocalBrowserIds.IsSigned(id, ApiHost.Keyring, "other"));
        Assert.False(LocalBrowserIds.IsSigned(id, elsewhere, "shop"));
        Assert.False(LocalBrowserIds.IsSigned("", ApiHost.Keyring, "shop"));
        Assert.True(Guid.TryParseExact(id, "D", out _));
    }

    private static async Task<List<HttpStatusCode>> SendAsync(ApiHost api, string from, IEnumerable<string> browserIds)
    {
        using var client = From(api, from);
        List<HttpStatusCode> answers = [];
        foreach (var browserId in browserIds)
        {
            using var content = new StringContent(SdkCalls.View(browserId), Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync("/v1.2/events", content);
            answers.Add(answer.StatusCode);
        }

        return answers;
    }

    private static async Task<string> CreateAsync(ApiHost api, string from)
    {
        using var client = From(api, from);
        var answer = await Answer.ReadAsync(await client.GetAsync(Create));
        return answer.Json.GetProperty("ref").GetString()!;
    }

    private static HttpClient From(ApiHost api, string address)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = api.Address };
    }
}
