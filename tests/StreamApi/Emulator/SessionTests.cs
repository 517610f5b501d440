using GuestSessions.Emulator.Sessions;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Emulator;

public sealed class SessionTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Almost = Timeout - TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Events_within_the_time_out_are_one_session()
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.PostAsync(browser, more: ",\"page\":\"/first\"");
        _time.Advance(Almost);
        await upstream.PostAsync(browser, "ADD");
        _time.Advance(Almost);
        await upstream.PostAsync(browser, more: ",\"page\":\"/last\"");

        var session = Assert.Single(upstream.Emulator.Sessions.Of(browser));
        Assert.Equal(
            (SessionState.Open, "/first", "/last"), (session.State, session.FirstPage, session.LastPage));
        Assert.Equal(new Dictionary<string, int> { ["ADD"] = 1, ["VIEW"] = 2 }, session.Counts);
        Assert.Equal(3, session.Events.Count);
        Assert.Equal(Timeout + Almost + Almost, session.EndsAt - session.StartedAt);
    }

    [Fact]
    public async Task Inactivity_closes_a_session_and_the_next_event_opens_another()
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.PostAsync(browser);
        _time.Advance(Timeout);
        Assert.Equal([SessionState.Closed], upstream.Emulator.Sessions.Of(browser).Select(s => s.State));
        await upstream.PostAsync(browser);
        Assert.Equal(
            [SessionState.Closed, SessionState.Open],
            upstream.Emulator.Sessions.Of(browser).Select(s => s.State));
    }

    [Fact]
    public async Task Channels_and_browser_ids_have_sessions_of_their_own()
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.PostAsync(browser);
        await upstream.PostAsync(browser, more: ",\"channel\":\"MOBILE_APP\"");
        await upstream.PostAsync(await upstream.NewBrowserIdAsync());
        Assert.Equal(["WEB", "MOBILE_APP"], upstream.Emulator.Sessions.Of(browser).Select(s => s.Channel));
        Assert.Equal(3, upstream.Emulator.Sessions.Of(null).Count);
    }

    [Fact]
    public async Task A_forced_close_closes_now_and_opens_nothing()
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.PostAsync(browser, "FORCE_CLOSE");
        Assert.Empty(upstream.Emulator.Sessions.Of(browser));
        await upstream.PostAsync(browser);
        await upstream.PostAsync(browser, "FORCE_CLOSE");
        Assert.Equal(SessionState.Closed, Assert.Single(upstream.Emulator.Sessions.Of(browser)).State);
    }

    [Fact]
    public async Task Only_so_many_sessions_are_kept()
    {
        await using var upstream = await RunningEmulator.StartAsync(
            _time, settings => settings.SessionsKept = 2);
        var browser = await upstream.NewBrowserIdAsync();
        for (var i = 0; i < 4; i++)
        {
            await upstream.PostAsync(browser);
            _time.Advance(Timeout);
        }

        Assert.Equal([3, 4], upstream.Emulator.Sessions.Of(browser).Select(s => s.Number));
    }
}
