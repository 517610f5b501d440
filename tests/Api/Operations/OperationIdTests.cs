using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Operations;

public sealed class OperationIdTests
{
    private const string Replay = "/v1/guests/cust-42/replay";
    private const string Body = """{"reason":"lost upstream","from_sequence":3}""";

    [Theory]
    [InlineData(Replay, Body)]
    [InlineData("/v1/quarantine/redrive", """{"reason":"corrected","code":"upstream_refused"}""")]
    public async Task A_request_sent_again_with_its_key_finds_the_operation_it_began(string path, string body)
    {
        await using var api = await StartAsync();

        var first = await PostAsync(api, path, body, "ticket-7");
        var again = await PostAsync(api, path, body, "ticket-7");

        Assert.Equal(HttpStatusCode.Accepted, again.Status);
        Assert.Equal(first.Message.Headers.Location, again.Message.Headers.Location);
        Assert.Equal(2, api.Cluster.Operation($"demo/{again.Json.GetProperty("id").GetString()}").Begun);
    }

    [Fact]
    public async Task Another_key_or_caller_begins_another_operation_and_so_does_none()
    {
        await using var api = await StartAsync();

        var ids = new[]
        {
            await PostAsync(api, Replay, Body, "ticket-7"),
            await PostAsync(api, Replay, Body, "ticket-8"),
            await PostAsync(api, Replay, Body, "ticket-7", "demo-support"),
            await PostAsync(api, Replay, Body),
            await PostAsync(api, Replay, Body),
        }.Select(static answer => answer.Json.GetProperty("id").GetString()).ToList();

        Assert.Distinct(ids);
    }

    [Theory]
    [InlineData(Replay, """{"reason":"lost upstream","from_sequence":4}""")]
    [InlineData(Replay, """{"reason":"lost upstream","to_sequence":3}""")]
    [InlineData(Replay, """{"reason":"lost","from_sequence":3}""")]
    [InlineData("/v1/guests/cust-43/replay", Body)]
    [InlineData("/v1/quarantine/redrive", """{"reason":"lost upstream"}""")]
    public async Task Another_request_under_a_used_idempotency_key_is_answered_409(string path, string body)
    {
        await using var api = await StartAsync();
        await PostAsync(api, Replay, Body, "ticket-7");

        (await PostAsync(api, path, body, "ticket-7")).MustRefuse(HttpStatusCode.Conflict, "idempotency_key_reused");
    }

    [Fact]
    public async Task Tenants_share_no_operation_even_where_their_callers_have_the_same_name()
    {
        var other = Configurations.Key("other", 0, "demo-admin", "other-admin", "support:act");
        await using var api = await ApiHost.StartAsync(Configurations.Of(Configurations.Other, other));
        const string Path = "/v1/quarantine/redrive";

        var own = await PostAsync(api, Path, """{"reason":"corrected"}""", "ticket-7");
        var others = await PostAsync(api, Path, """{"reason":"corrected"}""", "ticket-7", "other-admin");

        Assert.Equal(HttpStatusCode.Accepted, others.Status);
        Assert.NotEqual(own.Message.Headers.Location, others.Message.Headers.Location);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public async Task An_empty_or_too_long_idempotency_key_is_answered_400_invalid_parameter(int length)
    {
        await using var api = await StartAsync();

        var answer = await PostAsync(api, Replay, Body, new string('k', length));

        answer.MustRefuse(HttpStatusCode.BadRequest, "invalid_parameter");
    }

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();
        api.Guest("cust-43").View = Views.Guest();
        return api;
    }

    private static async Task<Answer> PostAsync(
        ApiHost api, string path, string body, string? key = null, string secret = "demo-admin")
    {
        using var client = api.Client(secret);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await Answer.ReadAsync(await client.SendAsync(request));
    }
}
