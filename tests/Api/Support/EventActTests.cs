using System.Net;
using System.Text;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Support;

public sealed class EventActTests
{
    private const string Path = "/v1/guests/cust-42/events/b3f3";

    [Theory]
    [InlineData("")]
    [InlineData(",\"patch\":null")]
    public async Task A_redrive_without_a_patch_sends_the_event_as_it_is(string members)
    {
        await using var api = await StartAsync();

        var answer = await api.PostAsync($"{Path}/redrive", $$"""{"reason":"the shop fixed it"{{members}}}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("b3f3", answer.Json.GetProperty("event_id").GetString());
        Assert.False(answer.Json.TryGetProperty("warnings", out _));
        Assert.False(answer.Json.TryGetProperty("changes", out _));
        Assert.Null(api.Guest("cust-42").AskedRedrive!.Edit);
        Assert.Equal(new ActMessage("demo-admin", "the shop fixed it"), api.Guest("cust-42").Acted);
    }

    /// <summary>Every act of a person, with what it takes besides.</summary>
    [Theory]
    [InlineData("/v1/guests/cust-42/events/b3f3/redrive", "")]
    [InlineData("/v1/guests/cust-42/events/b3f3/redrive", "\"patch\":{\"page\":\"/\"}")]
    [InlineData("/v1/guests/cust-42/events/b3f3/discard", "")]
    [InlineData("/v1/guests/cust-42/events/b3f3/resolve", "\"outcome\":\"delivered\"")]
    [InlineData("/v1/guests/cust-42/flush", "")]
    [InlineData("/v1/guests/cust-42/pause", "")]
    [InlineData("/v1/guests/cust-42/resume", "")]
    [InlineData("/v1/guests/cust-42/replay", "")]
    [InlineData("/v1/quarantine/redrive", "")]
    [InlineData("/v1/quarantine/discard", "")]
    [InlineData("/v1/in-doubt/redrive", "")]
    [InlineData("/v1/in-doubt/resolve", "\"outcome\":\"delivered\"")]
    [InlineData("/v1/delivery/pause", "")]
    [InlineData("/v1/delivery/resume", "")]
    public async Task Nobody_acts_without_saying_why(string path, string members)
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        (await api.PostAsync(path, $"{{{members}}}")).MustRefuse(HttpStatusCode.UnprocessableEntity, "missing_reason");
        (await api.PostAsync(path, $"{{{string.Join(',', ((string[])["\"reason\":\" \"", members]).Where(part => part.Length > 0))}}}"))
            .MustRefuse(HttpStatusCode.UnprocessableEntity, "wrong_type");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.PostAsync(path, "")).Status);

        Assert.Null(api.Guest("cust-42").Acted);
        Assert.Null(api.Guest("cust-42").FlushedBy);
    }

    [Fact]
    public async Task A_redrive_after_the_session_is_over_warns_and_shows_who_did_what_masked()
    {
        await using var api = await StartAsync();
        var edit = Encoding.UTF8.GetBytes("""{"type":"IDENTITY","email":"niamh@harbourbikes.example"}""");
        api.Guest("cust-42").Answer = new ActAnswer(ActStatus.Done, Views.Detail() with
        {
            Acts = [Views.Redriven(new PersonAct("support-7", ApiHost.Now, "a typo"), edit, sessionClosed: true)],
        });

        var answer = await api.PostAsync($"{Path}/redrive", """{"reason":"r"}""");

        Assert.Equal("session_closed", answer.Json.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Equal(
            """{"act":"redriven","by":"support-7","at":"2026-11-23T10:15:30.000Z","reason":"a typo","event":{"type":"IDENTITY","email":"n•••@h•••"},"session_closed":true}""",
            answer.Json.GetProperty("acts")[0].GetRawText());
    }

    [Theory]
    [InlineData("delivered", true)]
    [InlineData("not_delivered", false)]
    public async Task A_person_resolves_an_event_either_way(string outcome, bool delivered)
    {
        await using var api = await StartAsync();

        var answer = await api.PostAsync($"{Path}/resolve", $$"""{"outcome":"{{outcome}}","reason":"looked it up"}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(delivered, api.Guest("cust-42").AskedDelivered);
    }

    [Theory]
    [InlineData("discard", """{"reason":""}""", "wrong_type")]
    [InlineData("discard", """{"reason":"\u200b"}""", "wrong_type")]
    [InlineData("discard", """{"reason":" \u2060 "}""", "wrong_type")]
    [InlineData("discard", """{"reason":7}""", "wrong_type")]
    [InlineData("discard", """[]""", "wrong_type")]
    [InlineData("discard", """{"reason":"r","event":{}}""", "unknown_member")]
    [InlineData("resolve", """{"reason":"r"}""", "invalid_outcome")]
    [InlineData("resolve", """{"reason":"r","outcome":"maybe"}""", "invalid_outcome")]
    [InlineData("redrive", """{"reason":"r","event":{"type":"VIEW"}}""", "unknown_member")]
    [InlineData("redrive", """{"reason":"r","patch":7}""", "wrong_type")]
    [InlineData("redrive", """{"reason":"r","patch":[{"op":"remove","path":"/page"}]}""", "wrong_type")]
    public async Task An_act_with_an_invalid_body_is_answered_422_and_not_done(string act, string body, string code)
    {
        await using var api = await StartAsync();

        (await api.PostAsync($"{Path}/{act}", body)).MustRefuse(HttpStatusCode.UnprocessableEntity, code);

        Assert.Null(api.Guest("cust-42").Acted);
    }

    [Fact]
    public async Task What_is_no_JSON_is_malformed() => (await (await StartAsync()).PostAsync($"{Path}/discard", "{"))
        .MustRefuse(HttpStatusCode.BadRequest, "malformed_json");

    [Theory]
    [InlineData(ActStatus.Changed, HttpStatusCode.Conflict, "event_changed")]
    [InlineData(ActStatus.NotFound, HttpStatusCode.NotFound, "event_not_found")]
    [InlineData(ActStatus.BacklogFull, HttpStatusCode.TooManyRequests, "guest_backlog_full")]
    [InlineData(ActStatus.BrowserBusy, HttpStatusCode.ServiceUnavailable, "browser_busy")]
    [InlineData(ActStatus.TooManyIdentifiers, HttpStatusCode.UnprocessableEntity, "too_many_identifiers")]
    public async Task What_the_session_does_not_do_is_reported_by_its_code(ActStatus status, HttpStatusCode http, string code)
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Answer = new ActAnswer(status);

        var answer = await api.PostAsync($"{Path}/redrive", """{"reason":"r"}""");

        answer.MustRefuse(http, code);
        Assert.Equal(
            http is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, answer.Message.Headers.RetryAfter is not null);
    }

    [Theory]
    [InlineData("delivered", "replay")]
    [InlineData("in_doubt", "redrive discard resolve_delivered resolve_not_delivered")]
    [InlineData("quarantined", "redrive discard resolve_delivered")]
    [InlineData("pending", "")]
    public async Task A_wrong_state_is_named_with_what_it_allows(string state, string actions)
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Answer = new ActAnswer(
            ActStatus.WrongState, Views.Detail() with { Summary = Views.Summary() with { State = state } });

        var answer = await api.PostAsync($"{Path}/discard", """{"reason":"r"}""");

        answer.MustRefuse(HttpStatusCode.Conflict, "wrong_state");
        Assert.Equal(state, answer.Json.GetProperty("state").GetString());
        Assert.Equal(actions, string.Join(' ', answer.Json.GetProperty("actions").EnumerateArray().Select(action => action.GetString())));
        Assert.Contains(state, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Answer = new ActAnswer(ActStatus.Done, Views.Detail());
        return api;
    }
}
