using System.Net;
using System.Text;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Support;

/// <summary>An edit is a patch on what is stored: nothing of a masked view is ever written back.</summary>
public sealed class EventEditTests
{
    private const string Path = "/v1/guests/cust-42/events/b3f3/redrive";

    private const string Stored =
        """{"type":"VIEW","channel":"WEB","page":"/","pos":"elsewhere","email":"niamh@harbourbikes.example","ext":{"rate":1.50,"v":"v7"}}""";

    [Fact]
    public async Task A_patch_changes_what_it_names_and_leaves_every_other_byte_as_stored()
    {
        await using var api = await StartAsync();

        var answer = await PatchAsync(api, """{"pos":"harbourbikes/ie","ext":{"v":null,"w":2.50}}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            """{"type":"VIEW","channel":"WEB","page":"/","pos":"harbourbikes/ie","email":"niamh@harbourbikes.example","ext":{"rate":1.50,"w":2.50}}""",
            Edited(api));
    }

    [Fact]
    public async Task The_answer_shows_masked_what_changed()
    {
        await using var api = await StartAsync();

        var answer = await PatchAsync(api,
            """{"pos":"harbourbikes/ie","email":"maeve@harbourbikes.example","ext":{"v":null,"n":7,"rate":1.50}}""");

        Assert.Equal(
            """
            [{"path":"/event/pos","before":"elsewhere","after":"harbourbikes/ie"},
            {"path":"/event/email","before":"n•••@h•••","after":"m•••@h•••"},
            {"path":"/event/ext/v","before":"v7"},
            {"path":"/event/ext/n","after":7}]
            """.ReplaceLineEndings(""),
            answer.Json.GetProperty("changes").GetRawText());
        Assert.DoesNotContain("niamh", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("maeve", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"email":"n•••@h•••"}""", "/patch/email")]
    [InlineData("""{"email":"n\u2022\u2022\u2022@h.example"}""", "/patch/email")]
    [InlineData("""{"identifiers":[{"provider":"email","id":"•••"}]}""", "/patch/identifiers/0/id")]
    [InlineData("""{"ext":{"a•••@b":true}}""", "/patch/ext")]
    public async Task A_value_copied_from_a_masked_view_is_rejected_by_its_path(string patch, string path)
    {
        await using var api = await StartAsync();

        var answer = await PatchAsync(api, patch);

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "masked_value");
        Assert.Equal(path, answer.Json.GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.Null(api.Guest("cust-42").AskedRedrive);
    }

    [Fact]
    public async Task An_edit_is_made_from_the_edit_before_it()
    {
        await using var api = await StartAsync();
        var first = Encoding.UTF8.GetBytes("""{"type":"VIEW","channel":"WEB","page":"/first","pos":"harbourbikes/ie"}""");
        api.Guest("cust-42").Event = api.Guest("cust-42").Event! with
        {
            Acts = [Views.Redriven(new PersonAct("kim", ApiHost.Now, "r"), first)],
        };

        await PatchAsync(api, """{"page":"/second"}""");

        Assert.Equal("""{"type":"VIEW","channel":"WEB","page":"/second","pos":"harbourbikes/ie"}""", Edited(api));
        Assert.Equal(ContentHash.Of(first), api.Guest("cust-42").AskedRedrive!.Base);
    }

    [Fact]
    public async Task What_the_patch_makes_of_it_is_checked_like_an_event_that_is_recorded()
    {
        await using var api = await StartAsync();

        var answer = await PatchAsync(api, """{"page":"/other"}""");

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "unknown_point_of_sale");
        Assert.Equal("/event/pos", answer.Json.GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.Null(api.Guest("cust-42").AskedRedrive);
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_sends_the_event_as_it_is()
    {
        await using var api = await StartAsync();

        var answer = await PatchAsync(api, """{"ext":{"v":"v7"},"never":null}""");

        Assert.Equal("[]", answer.Json.GetProperty("changes").GetRawText());
        Assert.Null(api.Guest("cust-42").AskedRedrive!.Edit);
    }

    [Fact]
    public async Task A_patch_that_names_a_member_twice_is_malformed()
    {
        await using var api = await StartAsync();

        (await PatchAsync(api, """{"page":"/a","page":"/b"}""")).MustRefuse(HttpStatusCode.BadRequest, "malformed_json");
    }

    [Fact]
    public async Task An_event_that_cannot_be_redriven_tells_its_state_before_anything_about_the_patch()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Event = Views.Detail() with { Summary = Views.Summary() with { State = "delivered" } };

        var answer = await PatchAsync(api, """{"page":7}""");

        answer.MustRefuse(HttpStatusCode.Conflict, "wrong_state");
        Assert.Equal("delivered", answer.Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_event_that_is_not_there_is_not_found()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Event = null;

        (await PatchAsync(api, """{"page":"/"}""")).MustRefuse(HttpStatusCode.NotFound, "event_not_found");
    }

    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.UnprocessableEntity)]
    public async Task An_edited_event_is_held_against_the_rules_that_it_came_by(bool isFromSdk, HttpStatusCode expected)
    {
        await using var api = await StartAsync();
        Store(api, isFromSdk, """{"type":"VIEW","channel":"WEB","page":"/","pos":"elsewhere","browser_id":"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11","currency":"EURO"}""");

        var answer = await PatchAsync(api, """{"pos":"harbourbikes/ie"}""");

        Assert.Equal(expected, answer.Status);
        if (isFromSdk)
            Assert.Contains("invalid_currency", api.Guest("cust-42").AskedRedrive!.Edit!.Warnings.Select(static known => known.Code));
    }

    [Fact]
    public async Task An_edit_that_leaves_an_event_of_an_SDK_certainly_lost_is_rejected()
    {
        await using var api = await StartAsync();
        Store(api, isFromSdk: true, """{"type":"VIEW","page":"/","pos":"harbourbikes/ie","browser_id":"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11"}""");

        (await PatchAsync(api, """{"pos":"elsewhere"}""")).MustRefuse(HttpStatusCode.UnprocessableEntity, "unknown_point_of_sale");
        var answer = await PatchAsync(api, """{"browser_id":null}""");

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "browser_id_missing");
        Assert.Equal("/event/browser_id", answer.Json.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task An_event_of_an_SDK_keeps_the_point_of_sale_that_came_beside_it()
    {
        await using var api = await StartAsync();
        const string Bare = """{"type":"VIEW","page":"/","browser_id":"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11" """;
        Store(api, isFromSdk: true, Bare + "}");
        api.Guest("cust-42").Event = api.Guest("cust-42").Event! with
        {
            Sent = Encoding.UTF8.GetBytes(Bare + ""","pos":"harbourbikes/ie"}"""),
        };

        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(api, """{"page":"/sale"}""")).Status);
        Assert.Equal("harbourbikes/ie", api.Guest("cust-42").AskedRedrive!.Edit!.PointOfSale);
    }

    private static void Store(ApiHost api, bool isFromSdk, string @event) =>
        api.Guest("cust-42").Event = api.Guest("cust-42").Event! with
        {
            FromPublicKey = isFromSdk,
            Received = Encoding.UTF8.GetBytes(@event),
            Sent = default,
        };

    private static Task<Answer> PatchAsync(ApiHost api, string patch) =>
        api.PostAsync(Path, $$"""{"reason":"a typo","patch":{{patch}}}""");

    private static string Edited(ApiHost api) => api.Guest("cust-42").AskedRedrive!.Edit!.Body.ToString();

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        var detail = Views.Detail() with { Received = Encoding.UTF8.GetBytes(Stored) };
        api.Guest("cust-42").Event = detail;
        api.Guest("cust-42").Answer = new ActAnswer(ActStatus.Done, detail);
        return api;
    }
}
