using System.Net;
using System.Text;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Support;

public sealed class EventActTests
{
    private const string Path = "/v1/guests/cust-42/events/b3f3";

    [Fact]
    public async Task A_redrive_needs_no_body_and_answers_with_the_event()
    {
        await using var api = await StartAsync();

        var answer = await api.PostAsync($"{Path}/redrive", "");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("b3f3", answer.Json.GetProperty("event_id").GetString());
        Assert.False(answer.Json.TryGetProperty("warnings", out _));
        Assert.Null(api.Guest("cust-42").AskedRedrive!.Edit);
        Assert.Equal(new ActMessage("demo-admin", null), api.Guest("cust-42").Acted);
    }

    [Fact]
    public async Task An_edit_is_checked_and_completed_like_an_event_that_is_recorded()
    {
        await using var api = await StartAsync();

        var answer = await api.PostAsync($"{Path}/redrive",
            """{"reason":"a typo","event":{"type":"VIEW","page":"/mended","pos":"harbourbikes/ie"}}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var edit = api.Guest("cust-42").AskedRedrive!.Edit!;
        Assert.Equal(
            ("VIEW", "WEB", "harbourbikes/ie", "/mended"), (edit.Type, edit.Channel, edit.PointOfSale, edit.Page));
        Assert.Equal("""{"type":"VIEW","page":"/mended","pos":"harbourbikes/ie"}""", Encoding.UTF8.GetString(edit.Body.Span));
        Assert.Equal(new ActMessage("demo-admin", "a typo"), api.Guest("cust-42").Acted);
    }

    [Fact]
    public async Task An_edit_that_upstream_would_swallow_is_refused_by_its_path()
    {
        await using var api = await StartAsync();

        var answer = await api.PostAsync($"{Path}/redrive", """{"event":{"type":"VIEW","page":"/","pos":"elsewhere"}}""");

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "unknown_point_of_sale");
        Assert.Equal("/event/pos", answer.Json.GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.Null(api.Guest("cust-42").AskedRedrive);
    }

    [Fact]
    public async Task A_redrive_after_the_session_is_over_warns_and_shows_who_did_what_masked()
    {
        await using var api = await StartAsync();
        var edit = Encoding.UTF8.GetBytes("""{"type":"IDENTITY","email":"niamh@harbourbikes.example"}""");
        api.Guest("cust-42").Answer = new ActAnswer(ActStatus.Done, Views.Detail() with
        {
            Acts = [new ActView("redriven", "support-7", ApiHost.Now, "a typo", edit, SessionClosed: true)],
        });

        var answer = await api.PostAsync($"{Path}/redrive", "");

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
    [InlineData("discard", """{}""", "missing_reason")]
    [InlineData("discard", """{"reason":""}""", "wrong_type")]
    [InlineData("discard", """{"reason":7}""", "wrong_type")]
    [InlineData("discard", """[]""", "wrong_type")]
    [InlineData("discard", """{"reason":"r","event":{}}""", "unknown_member")]
    [InlineData("resolve", """{"outcome":"delivered"}""", "missing_reason")]
    [InlineData("resolve", """{"reason":"r"}""", "invalid_outcome")]
    [InlineData("resolve", """{"reason":"r","outcome":"maybe"}""", "invalid_outcome")]
    [InlineData("redrive", """{"event":7}""", "wrong_type")]
    public async Task A_body_that_makes_no_sense_is_refused(string act, string body, string code)
    {
        await using var api = await StartAsync();

        (await api.PostAsync($"{Path}/{act}", body)).MustRefuse(HttpStatusCode.UnprocessableEntity, code);

        Assert.Null(api.Guest("cust-42").Acted);
    }

    [Fact]
    public async Task What_is_no_JSON_is_malformed() => (await (await StartAsync()).PostAsync($"{Path}/discard", "{"))
        .MustRefuse(HttpStatusCode.BadRequest, "malformed_json");

    [Theory]
    [InlineData(ActStatus.WrongState, HttpStatusCode.Conflict, "wrong_state")]
    [InlineData(ActStatus.NotFound, HttpStatusCode.NotFound, "event_not_found")]
    [InlineData(ActStatus.BacklogFull, HttpStatusCode.TooManyRequests, "guest_backlog_full")]
    [InlineData(ActStatus.BrowserBusy, HttpStatusCode.ServiceUnavailable, "browser_busy")]
    [InlineData(ActStatus.TooManyIdentifiers, HttpStatusCode.UnprocessableEntity, "too_many_identifiers")]
    public async Task What_the_session_does_not_do_is_told_by_its_code(ActStatus status, HttpStatusCode http, string code)
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Answer = new ActAnswer(status);

        var answer = await api.PostAsync($"{Path}/redrive", "");

        answer.MustRefuse(http, code);
        Assert.Equal(
            http is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, answer.Message.Headers.RetryAfter is not null);
    }

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Answer = new ActAnswer(ActStatus.Done, Views.Detail());
        return api;
    }
}
