using System.Net;
using System.Text.Json;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Ingest;

/// <summary>Bodies of another shape, or with other names, than a call takes.</summary>
public sealed class MisshapenBodyTests
{
    private const string Bad = """{"type":"VIEW","channel":"NOPE","language":"EN","currency":"EUR","page":"/p","pos":"harbourbikes/ie"}""";
    private const string Guests = "/v1/events";

    [Theory]
    [InlineData(Samples.Path, """{"events":{"event":BAD}}""", "/events", "[{…}]", "/events/event/channel")]
    [InlineData(Samples.Path, """[{"event":BAD},{"event":BAD}]""", "", "{\"events\":[…]}", "/1/event/channel")]
    [InlineData(Samples.Path, """{"events":[{"event":BAD}],"guest":"cust-42"}""", "", "only events", "/events/0/event/channel")]
    [InlineData(Guests, """{"event":BAD}""", "", "as a list", "/event/channel")]
    [InlineData(Guests, """{"events":[{"event":BAD}]}""", "", "the array alone", "/events/0/event/channel")]
    public async Task What_lies_below_a_body_of_another_shape_is_reported_too(
        string path, string body, string outer, string advice, string inner)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(path, body.Replace("BAD", Bad, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        JsonElement[] errors = [.. answer.Json.GetProperty("errors").EnumerateArray()];
        Assert.Equal(outer, errors[0].GetProperty("path").GetString());
        Assert.Contains(advice, errors[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains(inner, errors.Select(static error => error.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task A_rejected_event_shows_its_warnings_too()
    {
        await using var api = await ApiHost.StartAsync();
        var body = $$$"""{"event":{{{Bad.Replace("\"page\"", "\"PAGE\"", StringComparison.Ordinal)}}}}""";

        foreach (var holder in new[]
        {
            (await api.PostAsync(Samples.Path, body)).Json,
            (await api.PostAsync(Samples.Path, Samples.Batch(body))).Results[0],
            (await api.PostAsync("/v1/validate", body)).Results[0],
        })
            Assert.Equal("/event/PAGE", holder.GetProperty("warnings")[0].GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("""{"events":null,"event":EVENT}""")]
    [InlineData("""{"event":EVENT,"events":null}""")]
    [InlineData("""{"events":[{"event":EVENT}],"event":null}""")]
    [InlineData("""{"event":null,"events":[{"event":EVENT}]}""")]
    public async Task A_null_of_the_other_form_counts_as_absent(string body)
    {
        await using var api = await ApiHost.StartAsync();
        body = body.Replace("EVENT", Samples.Event(), StringComparison.Ordinal);

        foreach (var path in new[] { Samples.Path, "/v1/validate" })
            Assert.Equal("accepted", (await api.PostAsync(path, body)).Results[0].GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/v1/guests/search", """{"browserId":"x"}""", "browser_id")]
    [InlineData("/v1/guests/search", """{"orderReference":"x"}""", "order_reference")]
    [InlineData("/v1/guests/search", """{"Provider":"x","Id":"y"}""", "provider")]
    [InlineData("/v1/guests/search", """{"email":"x"}""", "text")]
    [InlineData("/v1/guests/cust-42/replay", """{"dryRun":true,"fromSequence":1}""", "dry_run")]
    [InlineData("/v1/guests/cust-42/pause", """{"Reason":"x"}""", "reason")]
    [InlineData("/v1/guests/cust-42/events/e/redrive", """{"reason":"x","Patch":{}}""", "patch")]
    public async Task A_name_in_a_call_of_support_is_reported_with_the_one_that_was_meant(string path, string body, string meant)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.EndsWith($"Did you mean {meant}?",
            answer.Json.GetProperty("errors")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
