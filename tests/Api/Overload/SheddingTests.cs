using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using GuestSessions.Api.Overload;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Api.Tests.Ingress;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Overload;

public sealed class SheddingTests
{
    private const string NewBrowser = "/v1.2/browser/create.json?client_key=demo-client-key";

    private static readonly Dictionary<string, string?> Sixteen = new() { ["Sessions:Api:RequestsInFlight"] = "16" };

    [Theory]
    [InlineData("""{"event":{"type":"VIEW"}}""", "View")]
    [InlineData("""{"event":{"type":"SEARCH"}}""", "View")]
    [InlineData("""{"event":{"type":"SADDLE_FITTED"}}""", "Event")]
    [InlineData("""{"event":{"type":"IDENTITY"}}""", "Critical")]
    [InlineData("""{"events":[{"event":{"type":"VIEW"}},{"event":{"type":"ORDER_CHECKOUT"}}]}""", "Critical")]
    [InlineData("", "Event")]
    public void Events_weigh_by_the_most_important_type_among_them(string body, string importance) =>
        Assert.Equal(Enum.Parse<Importance>(importance), Importances.Of(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public async Task When_there_is_too_much_reads_go_first_then_views_and_orders_last()
    {
        await using var api = await ApiHost.StartAsync(Sixteen);
        var held = new TaskCompletionSource();
        var under = await FillAsync(api, 13, held.Task);

        var read = await api.GetAsync("/v1/guests/cust-1");
        var list = await api.GetAsync("/v1/quarantine");
        var view = await api.PostAsync("/v1/guests/cust-1/events", Samples.Envelope("view"));
        var order = api.PostAsync("/v1/guests/cust-1/events", Order("order"));
        await Eventually.TrueAsync(() => api.Cluster.Recorded.Count == 14);
        var health = await api.GetAsync("/health/live");
        var pause = await api.PostAsync("/v1/delivery/pause", """{"reason":"too much"}""");

        read.MustRefuse(HttpStatusCode.ServiceUnavailable, "overloaded");
        list.MustRefuse(HttpStatusCode.ServiceUnavailable, "overloaded");
        view.MustRefuse(HttpStatusCode.ServiceUnavailable, "overloaded");
        Assert.Equal("1", view.Message.Headers.RetryAfter!.ToString());
        Assert.Equal(HttpStatusCode.OK, health.Status);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, pause.Status);
        held.SetResult();
        Assert.Equal(HttpStatusCode.Accepted, (await order).Status);
        Assert.All(await Task.WhenAll(under), static answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        view = await api.PostAsync("/v1/guests/cust-1/events", Samples.Envelope("view"));
        Assert.Equal(HttpStatusCode.Accepted, view.Status);
    }

    [Fact]
    public async Task The_ingress_and_the_API_take_no_place_of_each_other()
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?>
        {
            ["Sessions:Api:RequestsInFlight"] = "16",
            ["Sessions:Ingress:RequestsInFlight"] = "16",
        });
        var held = new TaskCompletionSource();
        var orders = await FillAsync(api, 13, held.Task);

        var visitor = await api.GetAsync(NewBrowser);
        var browsers = Enumerable.Range(0, 13).Select(static _ => Guid.NewGuid().ToString()).ToList();
        var views = browsers.ConvertAll(browser => api.SendAsync(SdkCalls.View(browser)));
        await Eventually.TrueAsync(async () =>
        {
            if (views.Find(static view => view.IsCompleted) is { } early)
                Assert.Fail((await early).Text);
            return browsers.TrueForAll(browser => api.Browser(browser).WasSeen);
        });
        var seen = await api.SendAsync(SdkCalls.View());
        var another = await api.GetAsync(NewBrowser);
        var order = api.PostAsync("/v1/guests/cust-1/events", Order("order"));
        await Eventually.TrueAsync(() => api.Cluster.Recorded.Count == 14);

        Assert.Equal(HttpStatusCode.OK, visitor.Status);
        seen.MustFail(503, "overloaded");
        Assert.Equal(HttpStatusCode.OK, another.Status); // Its SDK would keep a failed answer for two years.
        held.SetResult();
        Assert.Equal(HttpStatusCode.Accepted, (await order).Status);
        Assert.All(await Task.WhenAll(orders), static answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        Assert.All(await Task.WhenAll(views), static answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
    }

    [Theory]
    [InlineData("VIEW", true, 503)]
    [InlineData("VIEW", false, 401)] // The body comes after the head has been answered.
    [InlineData("IDENTITY", true, 401)]
    public async Task Where_views_are_not_admitted_one_that_has_come_whole_is_rejected_before_its_key_is_checked(
        string type, bool isWhole, int expected)
    {
        await using var api = await ApiHost.StartAsync(Sixteen);
        var held = new TaskCompletionSource();
        var under = await FillAsync(api, 13, held.Task);

        var body = Samples.Envelope("view").Replace("\"VIEW\"", $"\"{type}\"", StringComparison.Ordinal);
        using var client = await SendRawAsync(api, "events", "nobody", body, isWhole);
        var status = await StatusAsync(client);

        held.SetResult();
        await Task.WhenAll(under);
        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Identifiers_that_have_come_whole_are_admitted_where_other_events_are_not()
    {
        await using var api = await ApiHost.StartAsync(Sixteen);
        var held = new TaskCompletionSource();
        var under = await FillAsync(api, 15, held.Task);

        var fitted = Samples.Envelope("fitted").Replace("\"VIEW\"", "\"SADDLE_FITTED\"", StringComparison.Ordinal);
        using var custom = await SendRawAsync(api, "events", "demo-admin", fitted);
        var refused = await StatusAsync(custom);
        using var identifiers = await SendRawAsync(
            api, "identifiers", "demo-admin", """{"identifiers":[{"provider":"CRM_ID","id":"HB-1"}]}""");

        Assert.Equal(503, refused);
        Assert.Equal(202, await StatusAsync(identifiers));
        held.SetResult();
        await Task.WhenAll(under);
    }

    /// <summary>Orders that are not answered before <paramref name="held"/> ends.</summary>
    private static async Task<List<Task<Answer>>> FillAsync(ApiHost api, int requests, Task held)
    {
        api.Cluster.Held = held;
        var under = Enumerable.Range(0, requests)
            .Select(number => api.PostAsync("/v1/guests/cust-1/events", Order($"held-{number}")))
            .ToList();
        await Eventually.TrueAsync(() => api.Cluster.Recorded.Count == requests);
        return under;
    }

    /// <summary>Sends head and body at once, as a client does that has both; or the head alone.</summary>
    private static async Task<TcpClient> SendRawAsync(ApiHost api, string what, string key, string body, bool isWhole = true)
    {
        var client = new TcpClient();
        await client.ConnectAsync(api.Address.Host, api.Address.Port);
        var head = $"POST /v1/guests/cust-1/{what} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(isWhole ? head + body : head));
        return client;
    }

    private static async Task<int> StatusAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var status = await reader.ReadLineAsync(deadline.Token);
        return int.Parse(status!.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static string Order(string id) => Samples.Envelope(id)
        .Replace("\"VIEW\"", "\"PAYMENT\",\"pay_type\":\"Card\"", StringComparison.Ordinal);
}
