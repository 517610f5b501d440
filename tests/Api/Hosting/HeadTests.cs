using System.Net;

namespace GuestSessions.Api.Tests.Hosting;

public sealed class HeadTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/v1/quarantine")]
    [InlineData("/v1/guests/cust-42")]
    [InlineData("/v1/nothing")]
    public async Task HEAD_is_answered_as_GET_is_and_without_a_body(string path)
    {
        await using var api = await ApiHost.StartAsync();
        using var client = api.Client();
        var get = await client.GetAsync(path);

        using var head = new HttpRequestMessage(HttpMethod.Head, path);
        var answer = await client.SendAsync(head);

        Assert.Equal(get.StatusCode, answer.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, answer.Content.Headers.ContentType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/v1.2/event/create.json?client_key=demo-client-key&message=%7B%7D", "GET")]
    [InlineData("/v1.2/browser/create.json?client_key=demo-client-key", "GET")]
    [InlineData("/v1/guests/cust-42/live", "GET")]
    [InlineData("/v1/guests/cust-42/events/e1/redrive", "POST")]
    public async Task Where_GET_is_more_than_a_read_HEAD_is_not_allowed(string path, string allowed)
    {
        await using var api = await ApiHost.StartAsync();
        using var client = api.Client();

        using var head = new HttpRequestMessage(HttpMethod.Head, path);
        var answer = await client.SendAsync(head);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, Assert.Single(answer.Content.Headers.Allow));
        Assert.Empty(api.Cluster.Recorded);
    }

    [Fact]
    public async Task HEAD_needs_the_key_that_GET_needs()
    {
        await using var api = await ApiHost.StartAsync();
        using var client = api.Client(secret: null);

        using var head = new HttpRequestMessage(HttpMethod.Head, "/v1/guests/cust-42");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(head)).StatusCode);
    }
}
