using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Ingest;

/// <summary>What is doubtful about an event that was taken, in its result.</summary>
public sealed class WarningTests
{
    [Fact]
    public async Task Warnings_of_the_rules_and_of_the_session_stand_together()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Results["b3f1"] = new RecordResult(RecordStatus.Accepted, 17, Found:
            [new Violation("confirm_without_add", "/event/product/0/item_id", "No ADD.")]);

        var answer = await api.PostAsync(Samples.Path,
            """{"event_id":"b3f1","event":{"type":"VIEW","channel":"web","page":"/a","pos":"harbourbikes/ie"}}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(
            ["normalised /event/channel", "confirm_without_add /event/product/0/item_id"],
            answer.Results[0].GetProperty("warnings").EnumerateArray()
                .Select(told => $"{told.GetProperty("code")} {told.GetProperty("path")}"));
    }

    [Fact]
    public async Task A_strict_tenant_gets_the_same_as_errors()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Results["b3f1"] = new RecordResult(RecordStatus.Rejected, Code: "confirm_without_add", Found:
            [new Violation("confirm_without_add", "/event/product/0/item_id", "No ADD.")]);

        var answer = await api.PostAsync(Samples.Path, Samples.Envelope("b3f1"));

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "confirm_without_add");
        Assert.Equal("/event/product/0/item_id", answer.Json.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task What_a_host_saw_first_is_reported_to_the_others_and_theirs_counts()
    {
        await using var api = await ApiHost.StartAsync();
        var others = api.Cluster.ExtTypes(ApiHost.Tenant);
        others.SeenBefore["size"] = ExtType.Text;

        await api.PostAsync(Samples.Path, WithSize("1"));
        await others.Told;

        // The host hears of it beside its answers.
        await Eventually.TrueAsync(async () => (await api.PostAsync(Samples.Path, WithSize("2"))).Text
            .Contains("ext_type_drift", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_sessions_are_closed()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Closed = new CloseAnswer(2, [new CloseResult("c1", new RecordResult(RecordStatus.Accepted, 9))]);

        var answer = await api.PostAsync("/v1/guests/cust-42/sessions/close", "");

        Assert.Equal(
            """{"guest":"cust-42","closed":2,"results":[{"event_id":"c1","status":"accepted","sequence":9}]}""", answer.Text);
        (await api.PostAsync("/v1/guests/cust-43/sessions/close", "")).MustRefuse(HttpStatusCode.NotFound, "guest_not_found");
    }

    private static string WithSize(string size)
        => $$"""{"event":{"type":"FITTED","page":"/a","pos":"harbourbikes/ie","ext":{"size":{{size}} } } }""";
}
