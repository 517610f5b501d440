using System.Net;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests;

/// <summary>A filter by what there is not would find nothing, which reads as if there were nothing.</summary>
public sealed class UnknownFilterTests
{
    [Theory]
    [InlineData("/v1/guests/cust-42/events?state=bogus", "quarantined")]
    [InlineData("/v1/guests/cust-42/events?state=Delivered", "delivered")]
    [InlineData("/v1/guests/cust-42/events?state=", "in_doubt")]
    [InlineData("/v1/guests/cust-42/events?warning=bogus", "any, cart_in_other_session")]
    [InlineData("/v1/guests/cust-42/events?warning=", "confirm_without_add")]
    [InlineData("/v1/guests/cust-42/events?type=", "1 to 128 characters")]
    [InlineData("/v1/quarantine?warning=confirm_without_ad", "confirm_without_add")]
    [InlineData("/v1/quarantine?code=refused", "upstream_refused")]
    [InlineData("/v1/in-doubt?code=", "attempts_exhausted")]
    [InlineData("/v1/in-doubt?warning=Any", "any")]
    [InlineData("/v1/rejections?code=unknown_pos", "unknown_point_of_sale")]
    [InlineData("/v1/rejections?code=", "junk_guest_id")]
    [InlineData("/v1/rejections?guest=", "1 to 128 characters")]
    [InlineData("/v1/quarantine?type=%E2%80%8B", "1 to 128 characters")]
    [InlineData("/v1/guests/cust-42/events?limit=", "1 to 500")]
    [InlineData("/v1/guests/cust-42/events?after=", "Expected the next of the")]
    [InlineData("/v1/guests/cust-42/events?order=", "newest")]
    [InlineData("/v1/rejections?after=", "Expected the next of the")]
    [InlineData("/v1/backlog?hot=", "true or false")]
    [InlineData("/v1/in-doubt?before=", "RFC 3339")]
    [InlineData("/v1/audit?by=", "1 to 128 characters")]
    public async Task An_unknown_filter_value_is_rejected_with_the_right_ones(string path, string known)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        var answer = await api.GetAsync(path);

        answer.MustRefuse(HttpStatusCode.BadRequest, "invalid_parameter");
        Assert.Contains(known, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/quarantine?code=unknown_point_of_sale")]
    [InlineData("/v1/quarantine?code=browser_busy&type=site:ANYTHING")]
    [InlineData("/v1/rejections?code=event_id_reused")]
    [InlineData("/v1/rejections?code=confirm_without_add")]
    public async Task A_value_that_there_can_be_finds_what_there_is(string path)
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal("""{"items":[],"next":null}""", (await api.GetAsync(path)).Text);
    }

    [Theory]
    [InlineData("view", "VIEW")]
    [InlineData(" order_checkout", "ORDER_CHECKOUT")]
    [InlineData("site:Viewed", "site:Viewed")]
    public async Task A_filter_reads_a_type_as_ingest_does(string given, string type)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        await api.GetAsync($"/v1/quarantine?type={given}");
        await api.GetAsync($"/v1/guests/cust-42/events?type={given}");
        var redriven = await api.PostAsync("/v1/quarantine/redrive", $$"""{"reason":"r","type":"{{given}}"}""");
        var replayed = await api.PostAsync("/v1/guests/cust-42/replay", $$"""{"reason":"r","type":"{{given}}"}""");

        string IdOf(Answer answer) => $"{ApiHost.Tenant}/{answer.Json.GetProperty("id").GetString()}";
        Assert.Equal(
            (type, type, type, type),
            (api.Cluster.Lists(ApiHost.Tenant).AskedAside!.Type, api.Guest("cust-42").AskedTimeline!.Type,
                api.Cluster.Operation(IdOf(redriven)).Asked.Type,
                api.Cluster.Operation(IdOf(replayed)).AskedReplay.Range.Type));
    }

    [Fact]
    public async Task A_bulk_redrive_by_an_unknown_code_is_rejected_with_the_right_ones()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync("/v1/quarantine/redrive", """{"reason":"corrected","code":"refused"}""");

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "unknown_value");
        Assert.Contains("upstream_refused", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
