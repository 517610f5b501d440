using System.Net;
using System.Text;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Ingest;

/// <summary>What clients put around and into bodies that are right otherwise.</summary>
public sealed class UnusualBodyTests
{
    private const string Mark = "\uFEFF";
    private const string Lines = "application/x-ndjson";

    [Fact]
    public async Task A_byte_order_mark_is_passed_over_in_every_body()
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal(["accepted"], Statuses(await api.PostAsync(Samples.Path, Mark + Samples.Envelope("a"))));
        Assert.Equal(["accepted", "accepted"], Statuses(await api.PostAsync(
            Samples.Path, Mark + Samples.Batch(Samples.Envelope("b"), Samples.Envelope("c")))));
        Assert.Equal(["accepted"], Statuses(await api.PostAsync("/v1/events", Mark + Samples.Array(Samples.For("g", "d")))));
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await api.PostAsync("/v1/guests/cust-42/identifiers", Mark + """{"identifiers":[{"provider":"p","id":"i"}]}""")).Status);
        foreach (var body in new[]
        {
            Mark + Samples.For("g", "v"), Mark + Samples.Batch(Samples.For("g", "v")), Mark + Samples.Array(Samples.For("g", "v")),
        })
            Assert.Equal(["accepted"], Statuses(await api.PostAsync("/v1/validate", body)));
    }

    [Fact]
    public async Task A_byte_order_mark_costs_no_line()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(
            "/v1/events", $"{Mark}{Samples.For("g", "a")}\n{Samples.For("g", "b")}\n{Mark}{Samples.For("g", "c")}\n{Mark}\n", Lines);

        Assert.Contains("\"lines\":3,\"accepted\":3", answer.Text, StringComparison.Ordinal);

        await using var call = await DuplexCall.OpenAsync(api);
        await call.SendAsync(Mark + Samples.For("g", "d"));
        Assert.Equal("accepted", (await call.ReadAsync())!.Value.GetProperty("status").GetString());
        call.Complete();
    }

    [Theory]
    [InlineData("application/json", 202)]
    [InlineData("application/json; charset=utf8", 202)]
    [InlineData("application/json; charset=UTF8", 202)]
    [InlineData("application/json;charset=\"utf8\"", 202)]
    [InlineData("application/json; charset=\"UTF-8\"", 202)]
    [InlineData("application/json; charset=utf-8; profile=x", 202)]
    [InlineData("application/json; charset=us-ascii", 202)]
    [InlineData("APPLICATION/JSON; CHARSET=UTF-8", 202)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=nonsense", 415)]
    [InlineData("text/plain; charset=utf-8", 415)]
    public async Task A_charset_is_read_by_any_of_its_names(string contentType, int status)
    {
        await using var api = await ApiHost.StartAsync();
        using var client = api.Client();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Samples.Envelope("a")));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await Answer.ReadAsync(await client.PostAsync(Samples.Path, content));

        Assert.Equal(status, (int)answer.Status);
        if (status == 415)
            Assert.Contains("UTF-8", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_null_of_ours_says_that_there_is_none()
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal(["accepted"], Statuses(await api.PostAsync(Samples.Path,
            $$$"""{"event_id":null,"occurred_at":null,"guest":null,"event":{{{Samples.Event()}}}}""")));
        Assert.Equal(32, Assert.Single(Assert.Single(api.Cluster.Recorded).Events).EventId.Length);
        var noGuest = await api.PostAsync("/v1/events", $$$"""[{"guest":null,"event":{{{Samples.Event()}}}}]""");
        Assert.Equal("/guest", noGuest.Results[0].GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync("/v1/guests/cust-42/identifiers", """
            {"identifiers":[{"provider":"p","id":"i","expiry_date":null}],"profile":null}
            """)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync("/v1/guests/cust-42/identifiers", """
            {"identifiers":[{"provider":"p","id":"i"}],"profile":{"lastname":null,"firstname":"Ada"}}
            """)).Status);
        Assert.Equal("""{"firstname":"Ada"}""", api.Guest("cust-42").AskedIdentify!.Profile.ToString());
    }

    [Fact]
    public async Task An_identifier_is_stored_without_blanks_around_it()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Identified = new IdentifyAnswer(new RecordResult(RecordStatus.Accepted, 5), "i1", 1);

        var answer = await api.PostAsync(
            "/v1/guests/cust-42/identifiers", """{"identifiers":[{"provider":"email","id":" ada@x\u200b"}]}""");

        Assert.Equal(new Identifier("email", "ada@x"), Assert.Single(api.Guest("cust-42").AskedIdentify!.Identifiers));
        Assert.Equal("normalised", answer.Results[0].GetProperty("warnings")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_provider_that_no_identity_rule_knows_is_reported_whether_or_not_an_event_was_queued(bool queued)
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?>
        {
            ["Sessions:Tenants:demo:Rules:IdentityRules:0"] = "CRM_ID",
        });
        if (queued)
            api.Guest("cust-42").Identified = new IdentifyAnswer(new RecordResult(RecordStatus.Accepted, 5), "i1", 1);

        var answer = await api.PostAsync(
            "/v1/guests/cust-42/identifiers", """{"identifiers":[{"provider":"crmId","id":"HB-1"}]}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var holder = queued ? answer.Results[0] : answer.Json;
        var warning = Assert.Single(holder.GetProperty("warnings").EnumerateArray());
        Assert.Equal("unknown_identity_provider", warning.GetProperty("code").GetString());
        Assert.Equal("/identifiers/0/provider", warning.GetProperty("path").GetString());
        Assert.EndsWith("Did you mean CRM_ID?", warning.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strict_tenant_rejects_a_provider_that_no_identity_rule_knows()
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?>
        {
            ["Sessions:Tenants:demo:Rules:IdentityRules:0"] = "CRM_ID",
            ["Sessions:Tenants:demo:Rules:Strict"] = "true",
        });

        (await api.PostAsync("/v1/guests/cust-42/identifiers", """{"identifiers":[{"provider":"crm","id":"HB-1"}]}"""))
            .MustRefuse(HttpStatusCode.UnprocessableEntity, "unknown_identity_provider");
    }

    [Fact]
    public async Task A_locale_among_the_defaults_fills_its_language_in()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Tenants:demo:Defaults:Language"] = "fr-CA" });

        await api.PostAsync(Samples.Path, """{"event":{"type":"VIEW","page":"/a","pos":"harbourbikes/ie"}}""");
        await api.PostAsync("/v1/guests/cust-42/identifiers", """{"identifiers":[{"provider":"p","id":"i"}]}""");

        Assert.Contains("\"language\":\"FR\"",
            Assert.Single(Assert.Single(api.Cluster.Recorded).Events).Content.Defaults.ToString(), StringComparison.Ordinal);
        Assert.Equal("FR", api.Guest("cust-42").AskedIdentify!.Common.Language);
    }

    private static IEnumerable<string?> Statuses(Answer answer)
        => answer.Results.Select(result => result.GetProperty("status").GetString());
}
