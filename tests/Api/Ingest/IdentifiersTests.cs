using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Ingest;

public sealed class IdentifiersTests
{
    private const string Path = "/v1/guests/cust-42/identifiers";
    private const string Body = """{"identifiers":[{"provider":"CRM_ID","id":"HB-1"}],"profile":{"firstname":"Niamh"}}""";

    [Fact]
    public async Task Identifiers_that_are_news_queue_an_IDENTITY_event()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Identified = new IdentifyAnswer(new RecordResult(RecordStatus.Accepted, 5), "i1", 3);

        var answer = await api.PostAsync(Path, Body);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(
            """{"guest":"cust-42","identifiers":3,"results":[{"event_id":"i1","status":"accepted","sequence":5}]}""",
            answer.Text);
        var asked = api.Guest("cust-42").AskedIdentify!;
        Assert.Equal(new Identifier("CRM_ID", "HB-1"), Assert.Single(asked.Identifiers));
        Assert.Equal("""{"firstname":"Niamh"}""", asked.Profile.ToString());
        Assert.Equal(
            new CommonEventAttributes("WEB", "EN", "EUR", "harbourbikes/ie", TimeSpan.FromMinutes(20)), asked.Common);
    }

    [Fact]
    public async Task Identifiers_that_are_no_news_queue_nothing()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Path, Body);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal("""{"guest":"cust-42","identifiers":1,"results":[]}""", answer.Text);
    }

    [Fact]
    public async Task The_point_of_sale_s_own_defaults_win()
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?>
        {
            ["Sessions:Tenants:demo:PointsOfSale:1:Name"] = "harbourbikes/fr",
            ["Sessions:Tenants:demo:PointsOfSale:1:Defaults:Language"] = "FR",
            ["Sessions:Tenants:demo:PointsOfSale:1:SessionTimeout"] = "00:05:00",
            ["Sessions:Tenants:demo:Defaults:PointOfSale"] = "harbourbikes/fr",
        });

        await api.PostAsync(Path, Body);

        Assert.Equal(
            new CommonEventAttributes("WEB", "FR", "EUR", "harbourbikes/fr", TimeSpan.FromMinutes(5)),
            api.Guest("cust-42").AskedIdentify!.Common);
    }

    [Fact]
    public async Task Defaults_that_are_missing_are_named()
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?>
        {
            ["Sessions:Tenants:demo:PointsOfSale:1:Name"] = "harbourbikes/fr",
            ["Sessions:Tenants:demo:Defaults:Language"] = null,
        });

        var answer = await api.PostAsync(Path, Body);

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "missing_default");
        var details = answer.Json.GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("detail").GetString()!).ToList();
        Assert.Contains(details, detail => detail.Contains("Sessions:Tenants:demo:Defaults:PointOfSale"));
        Assert.Contains(details, detail => detail.Contains("Sessions:Tenants:demo:Defaults:Language"));
        Assert.Null(api.Guest("cust-42").AskedIdentify);
    }

    [Fact]
    public async Task Too_many_identifiers_are_rejected_by_the_session()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Identified =
            new IdentifyAnswer(new RecordResult(RecordStatus.Rejected, Code: "too_many_identifiers"), "i1", 64);

        (await api.PostAsync(Path, Body)).MustRefuse(HttpStatusCode.UnprocessableEntity, "too_many_identifiers");
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("""{"identifiers":[{"provider":"a","id":"b"}],"x":1}""", HttpStatusCode.UnprocessableEntity, "unknown_member")]
    public async Task A_body_of_another_shape_is_answered_with_the_code_of_its_first_error(string body, HttpStatusCode status, string code)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync(Path, body)).MustRefuse(status, code);
    }

    [Fact]
    public async Task Identifiers_for_a_junk_guest_id_are_answered_422_junk_guest_id()
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync("/v1/guests/null/identifiers", Body))
            .MustRefuse(HttpStatusCode.UnprocessableEntity, "junk_guest_id");
    }
}
