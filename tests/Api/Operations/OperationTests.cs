using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Operations;

public sealed class OperationTests
{
    [Fact]
    public async Task A_bulk_redrive_is_answered_at_once_with_where_to_look()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(
            "/v1/quarantine/redrive", """{"reason":"corrected","type":"VIEW","code":"upstream_refused"}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var id = answer.Json.GetProperty("id").GetString()!;
        Assert.Equal($"/v1/operations/{id}", answer.Message.Headers.Location!.OriginalString);
        Assert.Equal("running", answer.Json.GetProperty("state").GetString());
        Assert.Equal("""{"done":0,"total":null}""", answer.Json.GetProperty("progress").GetRawText());
        Assert.Equal(
            ("VIEW", "upstream_refused", new ActMessage("demo-admin", "corrected")),
            api.Cluster.Operation($"demo/{id}").Asked);
    }

    [Fact]
    public async Task An_operation_tells_how_far_it_has_come_and_what_came_of_it()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Operation("demo/op1").View = new OperationView(
            "op1", "bulk_redrive", ApiHost.Now, ApiHost.Now.AddSeconds(3), 7, 5, 2);

        Assert.Equal(
            """{"id":"op1","kind":"bulk_redrive","state":"completed","progress":{"done":7,"total":7},"started_at":"2026-11-23T10:15:30.000Z","ended_at":"2026-11-23T10:15:33.000Z","result":{"redriven":5,"skipped":2}}""",
            (await api.GetAsync("/v1/operations/op1")).Text);
    }

    [Theory]
    [InlineData("""{}""", "missing_reason")]
    [InlineData("""{"reason":"r","type":7}""", "wrong_type")]
    [InlineData("""{"reason":"r","guest":"cust-42"}""", "unknown_member")]
    public async Task A_bulk_redrive_with_an_invalid_body_is_answered_422(string body, string code)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync("/v1/quarantine/redrive", body)).MustRefuse(HttpStatusCode.UnprocessableEntity, code);
    }

    [Theory]
    [InlineData("op2")]
    [InlineData("no%20id")]
    public async Task An_operation_that_is_not_there_is_not_found(string id)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.GetAsync($"/v1/operations/{id}")).MustRefuse(HttpStatusCode.NotFound, "operation_not_found");
    }
}
