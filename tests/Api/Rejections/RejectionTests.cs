using System.Net;
using System.Text.Json;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Rejections;

/// <summary>What was refused can be seen, without a value of it.</summary>
public sealed class RejectionTests
{
    private const string Secret = "niamh-secret";

    [Fact]
    public async Task Whatever_was_rejected_is_listed_newest_first()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Results["reused"] = new RecordResult(RecordStatus.Rejected, Code: "event_id_reused");

        await api.PostAsync(Samples.Path, Samples.Envelope("b1", pos: Secret));
        await api.PostAsync(Samples.Path, "{");
        await api.PostAsync(Samples.Path, Samples.Envelope("reused"));
        await api.PostAsync("/v1/events", Samples.Array(Samples.Envelope("b2")));
        await api.PostAsync("/v1/guests/null/events", Samples.Envelope("b3"));
        await api.PostAsync("/v1/guests/cust-42/identifiers", "{}");

        var answer = await api.GetAsync("/v1/rejections");
        Assert.Equal(
            ["missing_attribute", "junk_guest_id", "missing_attribute", "event_id_reused", "malformed_json",
                "unknown_point_of_sale"],
            Items(answer).Select(item => item.GetProperty("code").GetString()));
        Assert.Equal(
            """{"at":"2026-11-23T10:15:30.000Z","code":"unknown_point_of_sale","event_id":"b1","type":"VIEW","errors":[{"path":"/event/pos","code":"unknown_point_of_sale"}],"guest":"cust-42"}""",
            Items(answer)[^1].GetRawText());
    }

    [Fact]
    public async Task No_value_and_no_made_up_name_is_kept()
    {
        await using var api = await ApiHost.StartAsync();

        await api.PostAsync(Samples.Path, $$$"""{"event_id":"{{{Secret}}}!","{{{Secret}}}":1,"event":{"type":"{{{Secret}}}"}}""");
        await api.PostAsync(Samples.Path,
            $$"""
            {"event":{"type":"X","page":"p","pos":"harbourbikes/ie","ext":{"{{Secret}}":{} },"session_data":{"{{Secret}}":[] } } }
            """);

        Assert.DoesNotContain(Secret, (await api.GetAsync("/v1/rejections")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_read_page_by_page()
    {
        await using var api = await ApiHost.StartAsync();
        for (var i = 0; i < 3; i++)
            await api.PostAsync(Samples.Path, Samples.Envelope($"b{i}", pos: "x"));

        var first = await api.GetAsync("/v1/rejections?limit=2");
        var second = await api.GetAsync($"/v1/rejections?limit=2&after={first.Json.GetProperty("next").GetString()}");

        Assert.Equal(["b2", "b1"], Items(first).Select(item => item.GetProperty("event_id").GetString()));
        Assert.Equal("b0", Items(second).Single().GetProperty("event_id").GetString());
        Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task A_rejection_is_found_by_the_guest_and_the_order_that_it_named()
    {
        await using var api = await ApiHost.StartAsync();
        const string Order = """{"event_id":"o1","event":{"type":"ORDER_CHECKOUT","pos":"elsewhere","order":{"referenceId":"HB-9001"}}}""";
        await api.PostAsync(Samples.Path, Order);
        await api.PostAsync("/v1/events", Samples.Array("""{"guest":"cust-43","event":{"type":"CHECKOUT","reference_id":9002}}"""));

        async Task<string> FoundAsync(string query) => string.Join(",", Items(await api.GetAsync($"/v1/rejections?{query}"))
            .Select(item => $"{item.GetProperty("guest").GetString()} {item.GetProperty("order_reference").GetString()}"));
        Assert.Equal("cust-42 HB-9001", await FoundAsync("guest=cust-42"));
        Assert.Equal("cust-42 HB-9001", await FoundAsync("order_reference=HB-9001"));
        Assert.Equal("cust-42 HB-9001", await FoundAsync("order_reference=%20hb-9001"));
        Assert.Equal("cust-43 9002", await FoundAsync("order_reference=9002"));
        Assert.Equal("cust-42 HB-9001", await FoundAsync("code=unknown_point_of_sale"));
        Assert.Empty(await FoundAsync("guest=cust-43&order_reference=HB-9001"));
    }

    [Fact]
    public async Task A_guest_id_that_looks_personal_is_masked_and_found_all_the_same()
    {
        await using var api = await ApiHost.StartAsync();
        await api.PostAsync("/v1/guests/ada@harbourbikes.example/events", Samples.Envelope("b1"));

        var answer = await api.GetAsync("/v1/rejections");

        Assert.Equal("•••@h•••", Items(answer).Single().GetProperty("guest").GetString());
        Assert.DoesNotContain("ada", answer.Text, StringComparison.Ordinal);
        Assert.Single(Items(await api.GetAsync("/v1/rejections?guest=ada@harbourbikes.example")));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=x")]
    [InlineData("after=-1")]
    public async Task A_limit_or_cursor_out_of_range_is_answered_400_invalid_parameter(string query)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.GetAsync($"/v1/rejections?{query}")).MustRefuse(HttpStatusCode.BadRequest, "invalid_parameter");
    }

    [Fact]
    public async Task A_refusal_is_answered_though_its_list_cannot_be_reached()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Fault = new SessionUnavailableException("down");

        (await api.PostAsync(Samples.Path, "{}")).MustRefuse(HttpStatusCode.UnprocessableEntity, "missing_attribute");
        (await api.GetAsync("/v1/rejections")).MustRefuse(HttpStatusCode.ServiceUnavailable, "unavailable");
    }

    private static JsonElement[] Items(Answer answer) => [.. answer.Json.GetProperty("items").EnumerateArray()];
}
