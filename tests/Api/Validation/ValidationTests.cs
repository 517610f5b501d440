using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Validation;

/// <summary>The dry run.</summary>
public sealed class ValidationTests
{
    private const string Path = "/v1/validate";
    private const string Confirm =
        """{"event":{"type":"CONFIRM","page":"/b","pos":"harbourbikes/ie","product":[{"item_id":"BIKE"}]}}""";

    [Fact]
    public async Task Every_form_of_an_ingest_body_is_validated_with_one_result_per_event()
    {
        await using var api = await ApiHost.StartAsync();
        var one = Samples.Envelope("b3f1");
        foreach (var (body, type, results) in ((string, string, int)[])
            [(one, "application/json", 1), (Samples.Batch(one, one), "application/json", 2),
                (Samples.Array(Samples.For("a", "1"), Samples.For("b", "2")), "application/json", 2),
                (Samples.For("a", "1") + "\n\n" + Samples.For("b", "2"), "application/x-ndjson", 2),
                ("""{"identifiers":[{"provider":"p","id":"HB-1"}]}""", "application/json", 1)])
        {
            var answer = await api.PostAsync(Path, body, type);

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(results, answer.Results.Length);
            Assert.Equal("accepted", answer.Results[0].GetProperty("status").GetString());
        }

        Assert.Empty(api.Cluster.Recorded);
    }

    [Fact]
    public async Task A_named_guest_s_own_sessions_are_asked()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Results["b3f1"] = new RecordResult(RecordStatus.Duplicate, 4);

        var answer = await api.PostAsync(Path, Samples.For("cust-42", "b3f1"));

        Assert.Equal("""{"results":[{"guest":"cust-42","event_id":"b3f1","status":"duplicate"}]}""", answer.Text);
    }

    [Fact]
    public async Task Events_without_a_guest_are_a_new_guest_s()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Path, Confirm);

        Assert.Equal("confirm_without_add", answer.Results[0].GetProperty("warnings")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_strict_tenant_learns_that_the_event_would_be_rejected()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Tenants:demo:Rules:Strict"] = "true" });

        var answer = await api.PostAsync(Path, Confirm);

        Assert.Equal("rejected", answer.Results[0].GetProperty("status").GetString());
        Assert.Equal("confirm_without_add", answer.Results[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("{}", "missing_attribute")]
    [InlineData("{", "malformed_json")]
    [InlineData("""{"identifiers":[]}""", "empty_identifiers")]
    [InlineData("""{"guest":"undefined","event":{}}""", "junk_guest_id")]
    public async Task What_would_be_rejected_is_reported_and_not_listed(string body, string code)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Path, body);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(code, answer.Results[0].GetProperty("code").GetString());
        Assert.Equal("""{"items":[],"next":null}""", (await api.GetAsync("/v1/rejections")).Text);
    }

    [Theory]
    [InlineData("[]", "application/json", HttpStatusCode.UnprocessableEntity)]
    [InlineData("[", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("", "application/x-ndjson", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{}", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_without_events_is_answered_as_ingest_would(string body, string type, HttpStatusCode status)
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal(status, (await api.PostAsync(Path, body, type)).Status);
    }
}
