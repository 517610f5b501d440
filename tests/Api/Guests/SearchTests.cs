using System.Net;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Guests;

public sealed class SearchTests
{
    private const string Path = "/v1/guests/search";

    [Theory]
    [InlineData("""{"provider":"CRM_ID","id":"HB-1"}""", "identifier", "6:CRM_IDHB-1")]
    [InlineData("""{"browser_id":"5B0F3C1E-7A44-4D3E-9B1A-2F6C8D9E0A11"}""", "browser_id", "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11")]
    [InlineData("""{"provider":"CRM_ID ","id":"\u200b HB-1\u00a0"}""", "identifier", "6:CRM_IDHB-1")]
    [InlineData("""{"order_reference":"HB-7781"}""", "order_reference", "HB-7781")]
    [InlineData("""{"provider":null,"id":null,"order_reference":"HB-7781","after":null,"limit":null}""", "order_reference", "HB-7781")]
    public async Task Guests_are_found_by_each_term(string body, string kind, string value)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Directory(ApiHost.Tenant).Index.Add((kind, value, "cust-42"));
        api.Cluster.Directory("other").Index.Add((kind, value, "foreign"));

        var answer = await api.PostAsync(Path, body);

        Assert.Equal(
            (HttpStatusCode.OK, """{"items":[{"guest":"cust-42"}],"next":null}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        await using var api = await ApiHost.StartAsync();
        foreach (var guest in (string[])["g3", "g1", "g2"])
            api.Cluster.Directory(ApiHost.Tenant).Index.Add(("order_reference", "o", guest));

        var first = await api.PostAsync(Path, """{"order_reference":"o","limit":2}""");
        var second = await api.PostAsync(Path, """{"order_reference":"o","limit":2,"after":"g2"}""");

        Assert.Equal("""{"items":[{"guest":"g1"},{"guest":"g2"}],"next":"g2"}""", first.Text);
        Assert.Equal("""{"items":[{"guest":"g3"}],"next":null}""", second.Text);
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("{}", HttpStatusCode.UnprocessableEntity, "invalid_search")]
    [InlineData("""{"provider":"CRM_ID"}""", HttpStatusCode.UnprocessableEntity, "invalid_search")]
    [InlineData("""{"browser_id":"a","order_reference":"b"}""", HttpStatusCode.UnprocessableEntity, "invalid_search")]
    [InlineData("""{"name":"Niamh"}""", HttpStatusCode.UnprocessableEntity, "unknown_member")]
    [InlineData("""{"browser_id":1}""", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("""{"order_reference":"\u200b"}""", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("""{"order_reference":"b","limit":0}""", HttpStatusCode.UnprocessableEntity, "invalid_limit")]
    public async Task A_search_for_something_else_is_refused(string body, HttpStatusCode status, string code)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync(Path, body)).MustRefuse(status, code);
    }
}
