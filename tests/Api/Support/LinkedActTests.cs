using System.Net;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Support;

/// <summary>What people do to a guest and the browser it was named for, by the id of either.</summary>
public sealed class LinkedActTests
{
    private const string Line = "browser:6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001";

    [Theory]
    [InlineData("cust-42")]
    [InlineData(Line)]
    public async Task An_event_is_redriven_in_whichever_line_it_is(string guest)
    {
        await using var api = await StartAsync();
        api.Guest(Line).Event = Views.Detail();
        api.Guest(Line).Answer = new ActAnswer(ActStatus.Done, Views.Detail());

        var answer = await api.PostAsync($"/v1/guests/{guest}/events/b3f3/redrive", """{"reason":"r"}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(Line, answer.Json.GetProperty("line").GetString());
        Assert.NotNull(api.Guest(Line).AskedRedrive);
    }

    [Fact]
    public async Task An_act_is_asked_of_the_guest_and_of_the_one_line_that_has_the_event()
    {
        string[] lines = [.. Enumerable.Range(1, 40).Select(static number => $"browser:6c1b4a5e-0d32-4c7b-8f11-{number:x12}")];
        await using var api = await StartAsync();
        api.Guest("cust-42").View = Views.Guest() with { Lines = lines };
        api.Guest(lines[30]).Event = Views.Detail();
        api.Guest(lines[30]).Answer = new ActAnswer(ActStatus.Done, Views.Detail());

        var answer = await api.PostAsync("/v1/guests/cust-42/events/b3f3/discard", """{"reason":"r"}""");

        Assert.Equal(lines[30], answer.Json.GetProperty("line").GetString());
        Assert.Equal([lines[30]], lines.Where(line => api.Guest(line).Acted is not null));
    }

    [Fact]
    public async Task An_event_of_the_guest_itself_is_looked_for_nowhere_else()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Answer = new ActAnswer(ActStatus.WrongState, Views.Detail());

        (await api.PostAsync("/v1/guests/cust-42/events/b3f3/discard", """{"reason":"a test"}"""))
            .MustRefuse(HttpStatusCode.Conflict, "wrong_state");

        Assert.Null(api.Guest(Line).Acted);
    }

    [Theory]
    [InlineData("cust-42", "pause")]
    [InlineData("cust-42", "resume")]
    [InlineData(Line, "pause")]
    [InlineData(Line, "resume")]
    public async Task A_pause_and_its_end_reach_every_line(string guest, string act)
    {
        await using var api = await StartAsync();

        var answer = await api.PostAsync($"/v1/guests/{guest}/{act}", """{"reason":"a test"}""");

        Assert.Equal("cust-42", answer.Json.GetProperty("guest").GetString());
        Assert.Equal("a test", api.Guest("cust-42").Acted?.Reason);
        Assert.Equal("a test", api.Guest(Line).Acted?.Reason);
    }

    [Fact]
    public async Task Closing_reaches_the_sessions_of_every_line()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Closed = new CloseAnswer(2, []);
        api.Guest(Line).Closed = new CloseAnswer(1, []);

        var answer = await api.PostAsync($"/v1/guests/{Line}/sessions/close", "");

        Assert.Equal("cust-42", answer.Json.GetProperty("guest").GetString());
        Assert.Equal(3, answer.Json.GetProperty("closed").GetInt32());
    }

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Cluster.Directory(ApiHost.Tenant).Index.Add(("line", Line, "cust-42"));
        api.Guest("cust-42").View = Views.Guest() with { Lines = [Line] };
        api.Guest(Line).View = Views.Guest() with { Guest = Line };
        return api;
    }
}
