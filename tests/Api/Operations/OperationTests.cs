using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
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
    [InlineData("quarantine/redrive", "", "bulk_redrive", false, false)]
    [InlineData("quarantine/discard", "", "bulk_discard", false, false)]
    [InlineData("in-doubt/redrive", "", "bulk_redrive", true, false)]
    [InlineData("in-doubt/resolve", ",\"outcome\":\"delivered\"", "bulk_resolve", true, true)]
    [InlineData("in-doubt/resolve", ",\"outcome\":\"not_delivered\"", "bulk_resolve", true, false)]
    public async Task Each_bulk_act_takes_the_events_of_its_list(
        string path, string members, string kind, bool inDoubt, bool delivered)
    {
        await using var api = await ApiHost.StartAsync();
        var body = "{\"reason\":\"r\",\"type\":\"VIEW\"" + members + "}";

        var plan = await api.PostAsync($"/v1/{path}?plan", body);
        var answer = await api.PostAsync($"/v1/{path}", body);

        Assert.Equal(HttpStatusCode.OK, plan.Status);
        Assert.Equal(inDoubt, api.Cluster.Lists(ApiHost.Tenant).AskedAside!.InDoubt);
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(
            new BulkRequest(kind, inDoubt, "VIEW", null, delivered),
            api.Cluster.Operation($"demo/{answer.Json.GetProperty("id").GetString()}").AskedBulk);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"outcome\":\"perhaps\"")]
    public async Task A_bulk_resolve_without_an_outcome_is_answered_422(string members)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync("/v1/in-doubt/resolve", "{\"reason\":\"r\"" + members + "}"))
            .MustRefuse(HttpStatusCode.UnprocessableEntity, "invalid_outcome");
    }

    [Fact]
    public async Task Each_kind_of_bulk_act_says_its_result_in_its_own_word()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Operation("demo/op1").View =
            new OperationView("op1", "bulk_discard", ApiHost.Now, ApiHost.Now, 3, 0, 1) { Discarded = 2 };
        api.Cluster.Operation("demo/op2").View =
            new OperationView("op2", "bulk_resolve", ApiHost.Now, ApiHost.Now, 3, 0, 1) { Resolved = 2 };

        Assert.Equal(
            ["{\"discarded\":2,\"skipped\":1}", "{\"resolved\":2,\"skipped\":1}"],
            [
                (await api.GetAsync("/v1/operations/op1")).Json.GetProperty("result").GetRawText(),
                (await api.GetAsync("/v1/operations/op2")).Json.GetProperty("result").GetRawText(),
            ]);
    }

    [Fact]
    public async Task A_plan_counts_exactly_shows_a_sample_and_begins_nothing()
    {
        await using var api = await ApiHost.StartAsync();
        for (var i = 0; i < 25; i++)
            api.Cluster.Lists(ApiHost.Tenant).Asides.Add(new ListedSetAside(
                ApiHost.Keyring.KeyOf(ApiHost.Tenant, "cust-42"), "cust-42", i, $"e{i}", "VIEW", "upstream_refused", ApiHost.Now));

        var plan = (await api.PostAsync("/v1/quarantine/redrive?plan", """{"type":"VIEW"}""")).Json;

        Assert.Equal(25, plan.GetProperty("count").GetInt32());
        Assert.Equal(20, plan.GetProperty("sample").GetArrayLength());
        Assert.NotEmpty(plan.GetProperty("effects").EnumerateArray());
        Assert.Equal("VIEW", api.Cluster.Lists(ApiHost.Tenant).AskedAside!.Type);
        (await api.PostAsync("/v1/quarantine/redrive?plan=maybe", "{}")).MustRefuse(
            HttpStatusCode.BadRequest, "invalid_parameter");
    }

    [Fact]
    public async Task An_operation_that_is_cancelled_says_by_whom_and_why()
    {
        await using var api = await ApiHost.StartAsync();
        var operation = api.Cluster.Operation("demo/op1");
        operation.View = new OperationView("op1", "bulk_redrive", ApiHost.Now, null, 7, 5, 0);

        var answer = await api.PostAsync("/v1/operations/op1/cancel", """{"reason":"wrong filter"}""");

        Assert.Equal("cancelled", answer.Json.GetProperty("state").GetString());
        Assert.Equal("demo-admin", answer.Json.GetProperty("cancelled").GetProperty("by").GetString());
        Assert.Equal(new ActMessage("demo-admin", "wrong filter"), operation.AskedCancel);
        (await api.PostAsync("/v1/operations/op2/cancel", """{"reason":"r"}""")).MustRefuse(
            HttpStatusCode.NotFound, "operation_not_found");
    }

    [Fact]
    public async Task Items_and_operations_are_listed_page_by_page()
    {
        await using var api = await ApiHost.StartAsync();
        var operation = api.Cluster.Operation("demo/op1");
        operation.View = new OperationView("op1", "bulk_redrive", ApiHost.Now, null, 7, 3, 0);
        operation.Items.AddRange(Enumerable.Range(1, 3).Select(
            static i => new OperationItem("cust-42", i, $"e{i}", OperationItem.Redriven)));
        api.Cluster.Lists(ApiHost.Tenant).Operations.AddRange(
            [operation.View, operation.View with { Id = "op0", StartedAt = ApiHost.Now.AddHours(-1) }]);

        var items = (await api.GetAsync("/v1/operations/op1/items?limit=2")).Json;
        Assert.Equal("2", items.GetProperty("next").GetString());
        Assert.Equal(
            """{"items":[{"guest":"cust-42","sequence":3,"event_id":"e3","outcome":"redriven"}],"next":null}""",
            (await api.GetAsync("/v1/operations/op1/items?after=2")).Text);

        var first = (await api.GetAsync("/v1/operations?limit=1")).Json;
        var second = await api.GetAsync($"/v1/operations?after={first.GetProperty("next").GetString()}");
        Assert.Equal("op0", Assert.Single(second.Json.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        (await api.GetAsync("/v1/operations?after=x")).MustRefuse(HttpStatusCode.BadRequest, "invalid_parameter");
        (await api.GetAsync("/v1/operations/op2/items")).MustRefuse(HttpStatusCode.NotFound, "operation_not_found");
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
