using System.Net;
using System.Text;
using System.Text.Json;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Reveal;

/// <summary>What a person sees of one masked value, and what nobody sees of it.</summary>
public sealed class RevealTests
{
    private const string Path = "/v1/guests/cust-42/reveal";

    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData(null, "/identifiers/0/id", "\"niamh@harbourbikes.example\"")]
    [InlineData(null, "/identifiers/1/id", "\"HB-20417\"")]
    [InlineData("b3f3", "/received/email", "\"niamh@harbourbikes.example\"")]
    [InlineData("b3f3", "/received/identifiers/0/id", "\"HB-20417\"")]
    [InlineData("b3f3", "/received/ext/phone", "353851234567")]
    [InlineData("b3f3", "/received/page", "\"/cart?email=niamh%40harbourbikes.example\"")]
    [InlineData("b3f3", "/sent/email", "\"niamh@harbourbikes.example\"")]
    [InlineData("b3f3", "/attempts/0/answer", "\"{\\\"message\\\":\\\"bad\\\",\\\"email\\\":\\\"niamh@harbourbikes.example\\\"}\"")]
    [InlineData("b3f3", "/attempts/1/answer", "\"<b>niamh@harbourbikes.example</b>\"")]
    [InlineData("b3f3", "/acts/0/reason", "\"niamh@harbourbikes.example called\"")]
    public async Task A_masked_value_is_revealed_by_the_pointer_of_its_answer(string? eventId, string field, string value)
    {
        await using var api = await StartAsync();

        var answer = await api.PostAsync(Path, Body(field, eventId));

        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        Assert.Equal(value, Unescaped(answer.Json.GetProperty("value")));
        Assert.Equal(field, answer.Json.GetProperty("field").GetString());
        Assert.Equal("no-store", answer.Message.Headers.CacheControl!.ToString());
        Assert.Equal("2026-11-23T10:20:30.000Z", answer.Json.GetProperty("until").GetString());
        Assert.Equal(
            new RevealRequest(
                ApiHost.Keyring.KeyOf(ApiHost.Tenant, "cust-42").ToString(), eventId, field, new ActMessage("demo-admin", "r")),
            Assert.Single(api.Cluster.Reveals(ApiHost.Tenant).Audited));
    }

    [Theory]
    [InlineData(null, "/identifiers/2/id", "unknown_field")]
    [InlineData(null, "/identifiers/-1/id", "unknown_field")]
    [InlineData(null, "/identifiers/0", "unknown_field")]
    [InlineData(null, "/received/email", "unknown_field")]
    [InlineData(null, "identifiers", "unknown_field")]
    [InlineData("b3f3", "/received/nothing", "unknown_field")]
    [InlineData(null, "/guest", "not_masked")]
    [InlineData("b3f3", "/received/type", "not_masked")]
    public async Task A_field_that_is_unknown_or_not_masked_reveals_nothing_and_is_not_audited(
        string? eventId, string field, string code)
    {
        await using var api = await StartAsync();

        (await api.PostAsync(Path, Body(field, eventId))).MustRefuse(HttpStatusCode.UnprocessableEntity, code);

        Assert.Empty(api.Cluster.Reveals(ApiHost.Tenant).Audited);
    }

    [Theory]
    [InlineData("""{"field":"/identifiers/0/id"}""", "missing_reason")]
    [InlineData("""{"reason":"r"}""", "wrong_type")]
    [InlineData("""{"reason":"r","field":7}""", "wrong_type")]
    [InlineData("""{"reason":"r","field":"/identifiers/0/id","event_id":7}""", "wrong_type")]
    [InlineData("""{"reason":"r","field":"/identifiers/0/id","fields":[]}""", "unknown_member")]
    public async Task A_request_without_a_field_or_a_reason_says_so(string body, string code)
    {
        await using var api = await StartAsync();

        (await api.PostAsync(Path, body)).MustRefuse(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task Beyond_the_quota_nothing_is_revealed_and_the_answer_says_when_the_next_may_be()
    {
        await using var api = await StartAsync();
        api.Cluster.Reveals(ApiHost.Tenant).Refusal = new RevealRefusal(30, TimeSpan.FromSeconds(61.5));

        var answer = await api.PostAsync(Path, Body("/identifiers/0/id"));

        answer.MustRefuse(HttpStatusCode.TooManyRequests, "reveal_quota");
        Assert.Equal(62, answer.RetryAfter);
        Assert.DoesNotContain("niamh", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_changed_since_it_was_shown_is_not_revealed()
    {
        await using var api = await StartAsync();

        (await api.PostAsync(Path, """{"reason":"r","field":"/identifiers/0/id","shown":"HB•••"}"""))
            .MustRefuse(HttpStatusCode.Conflict, "field_changed");
        var same = await api.PostAsync(Path, """{"reason":"r","field":"/identifiers/1/id","shown":"HB•••"}""");

        Assert.Equal("HB-20417", same.Json.GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_blanked_body_and_an_unknown_guest_or_event_reveal_nothing()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Event = Views.Detail() with
        {
            Summary = Views.Summary() with { Blanked = true },
            Received = default,
            Attempts = [],
        };

        (await api.PostAsync(Path, Body("/received/email", "b3f3"))).MustRefuse(HttpStatusCode.Gone, "event_blanked");
        (await api.PostAsync(Path, Body("/received/email", "b3f4"))).MustRefuse(HttpStatusCode.NotFound, "event_not_found");
        (await api.PostAsync("/v1/guests/cust-43/reveal", Body("/identifiers/0/id")))
            .MustRefuse(HttpStatusCode.NotFound, "guest_not_found");
        Assert.Empty(api.Cluster.Reveals(ApiHost.Tenant).Audited);
    }

    [Fact]
    public async Task A_guest_that_is_erased_after_the_audit_is_not_revealed()
    {
        await using var api = await StartAsync();
        api.Cluster.Reveals(ApiHost.Tenant).Then = () => api.Guest("cust-42").View = null;

        (await api.PostAsync(Path, Body("/identifiers/0/id"))).MustRefuse(HttpStatusCode.NotFound, "guest_not_found");
    }

    [Fact]
    public async Task A_name_that_is_masked_finds_its_value_and_the_audit_has_it_masked()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Event = Views.Detail() with
        {
            Received = Encoding.UTF8.GetBytes("""{"type":"VIEW","ext":{"niamh@harbourbikes.example":"+353851234567"}}"""),
        };
        var shown = (await api.GetAsync("/v1/guests/cust-42/events/b3f3")).Json.GetProperty("received").GetProperty("ext")
            .EnumerateObject().Single();

        var answer = await api.PostAsync(Path, Body($"/received/ext/{shown.Name}", "b3f3"));

        Assert.Equal("+353851234567", answer.Json.GetProperty("value").GetString());
        Assert.Equal($"/received/ext/{shown.Name}", Assert.Single(api.Cluster.Reveals(ApiHost.Tenant).Audited).Field);
        (await api.PostAsync(Path, Body("/received/ext/niamh@harbourbikes.example", "b3f3")))
            .MustRefuse(HttpStatusCode.UnprocessableEntity, "unknown_field");
    }

    internal static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        var guest = api.Guest("cust-42");
        guest.View = Views.Guest();
        guest.Timeline = new TimelinePage([Views.Summary()], null);
        var body = Encoding.UTF8.GetBytes(
            """
            {"type":"IDENTITY","page":"/cart?email=niamh%40harbourbikes.example","email":"niamh@harbourbikes.example",
            "identifiers":[{"provider":"CRM_ID","id":"HB-20417"}],"ext":{"phone":353851234567}}
            """);
        guest.Event = Views.Detail() with
        {
            Received = body,
            Sent = body,
            Attempts = [.. Views.Detail().Attempts, Views.Attempt("<b>niamh@harbourbikes.example</b>") with { Number = 2 }],
            Acts = [new(Core.Receipts.ActKind.Discarded, new PersonAct("kim", ApiHost.Now, "niamh@harbourbikes.example called"), null, false)],
        };
        return api;
    }

    private static string Body(string field, string? eventId = null) => eventId is null
        ? $$"""{"reason":"r","field":"{{field}}"}"""
        : $$"""{"reason":"r","field":"{{field}}","event_id":"{{eventId}}"}""";

    private static string Unescaped(JsonElement value) => JsonSerializer.Serialize(value, Relaxed);
}
