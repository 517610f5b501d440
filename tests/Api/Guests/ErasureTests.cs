using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Core.Events;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Guests;

/// <summary>What callers are told about an erased guest.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task A_late_event_gets_410_and_its_rejection_names_nobody()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Results["b3f1"] = new RecordResult(RecordStatus.Rejected, Code: EventCodes.GuestErased);
        using var client = api.Client();

        using var content = new StringContent(Samples.Envelope("b3f1"), System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/v1/guests/cust-42/events", UriKind.Relative), content);
        var listed = await client.GetStringAsync(new Uri("/v1/rejections", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("guest_erased", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("cust-42", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("b3f1", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_erasure_names_the_first_and_a_running_one_is_not_lifted_or_cancelled()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Erasure = new ErasureView("op1", ApiHost.Now);
        await api.Cluster.Operation("demo/op1").EraseAsync(["cust-42"], new ActMessage("kim", "r"), null);
        using var client = api.Client();

        var again = await SendAsync(client, HttpMethod.Delete, "/v1/guests/cust-42");
        var lifted = await SendAsync(client, HttpMethod.Post, "/v1/guests/cust-42/erasure/lift");
        var cancelled = await SendAsync(client, HttpMethod.Post, "/v1/operations/op1/cancel");
        var file = await SendAsync(client, HttpMethod.Post, "/v1/operations/op1/file");

        Assert.Equal((HttpStatusCode.Gone, true), (again.Status, again.Body.Contains("op1", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.Conflict, true), (lifted.Status, lifted.Body.Contains("still_erasing", StringComparison.Ordinal)));
        Assert.Equal(
            (HttpStatusCode.Conflict, true), (cancelled.Status, cancelled.Body.Contains("not_cancellable", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.Conflict, true), (file.Status, file.Body.Contains("file_not_ready", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/events")]
    [InlineData("GET", "/events/b3f1")]
    [InlineData("GET", "/browsers")]
    [InlineData("GET", "/live")]
    [InlineData("POST", "/flush")]
    [InlineData("POST", "/pause")]
    [InlineData("POST", "/resume")]
    [InlineData("POST", "/replay")]
    [InlineData("POST", "/export")]
    [InlineData("POST", "/sessions/close")]
    [InlineData("POST", "/events/b3f1/redrive")]
    [InlineData("POST", "/events/b3f1/discard")]
    [InlineData("POST", "/events/b3f1/blank")]
    [InlineData("POST", "/reveal")]
    public async Task Every_call_under_the_address_of_an_erased_guest_says_that_it_is_gone_and_since_when(string method, string path)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Erasure = new ErasureView("op1", ApiHost.Now);
        using var client = api.Client();
        var body = path == "/reveal" ? """{"reason":"r","field":"/identifiers/0/id"}""" : """{"reason":"r"}""";

        using var request = new HttpRequestMessage(new HttpMethod(method), $"/v1/guests/cust-42{path}");
        if (method == "POST")
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var message = await client.SendAsync(request);
        var answer = await Answer.ReadAsync(message);

        answer.MustRefuse(HttpStatusCode.Gone, "guest_erased");
        Assert.Contains("2026-11-23T10:15:30Z by operation op1", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_console_too_an_erased_guest_is_gone_and_not_unknown()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Erasure = new ErasureView("op1", ApiHost.Now);
        using var agent = await Console.ConsoleClient.SignInAsync(api, "agent");

        foreach (var path in (string[])["/console/guests/cust-42", "/console/guests/cust-42/events/b3f1"])
        {
            var page = await agent.GetAsync(path);

            Assert.Equal(HttpStatusCode.Gone, page.Status);
            Assert.Contains("by operation op1", page.Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync("/console/guests/cust-43")).Status);
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent("""{"reason":"r"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
