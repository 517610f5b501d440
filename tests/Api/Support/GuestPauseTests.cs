using System.Net;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Support;

public sealed class GuestPauseTests
{
    [Fact]
    public async Task A_pause_tells_who_stopped_the_guest_and_why()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        var answer = await api.PostAsync("/v1/guests/cust-42/pause", """{"reason":"double orders"}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            """{"guest":"cust-42","pause":{"by":"demo-admin","at":"2026-11-23T10:15:30.000Z","reason":"double orders"},"in_flight":0}""",
            answer.Text);
    }

    [Fact]
    public async Task A_guest_is_resumed_by_the_same_word_in_the_audit()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        var answer = await api.PostAsync("/v1/guests/cust-42/resume", """{"reason":"fixed"}""");

        Assert.Equal((HttpStatusCode.OK, """{"guest":"cust-42","pause":null}"""), (answer.Status, answer.Text));
        Assert.Equal(new ActMessage("demo-admin", "fixed"), api.Guest("cust-42").Acted);
    }

    [Fact]
    public async Task The_guest_shows_its_pause()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest() with
        {
            Delivery = "paused",
            Pause = new PersonAct("support-7", ApiHost.Now, "double orders"),
        };

        var guest = (await api.GetAsync("/v1/guests/cust-42")).Json;

        Assert.Equal("paused", guest.GetProperty("line").GetProperty("delivery").GetString());
        Assert.Equal("support-7", guest.GetProperty("pause").GetProperty("by").GetString());
    }

    [Theory]
    [InlineData("pause", """{"reason":"r"}""")]
    [InlineData("resume", """{"reason":"r"}""")]
    public async Task A_guest_that_was_never_seen_is_not_found(string act, string body)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync($"/v1/guests/cust-43/{act}", body)).MustRefuse(HttpStatusCode.NotFound, "guest_not_found");
    }
}
