using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>Sessions as the upstream is expected to cut them.</summary>
public sealed class SessionTests
{
    private readonly Given _given = new();

    private IReadOnlyList<UpstreamSession> Sessions => _given.Session.Sessions.All;

    [Fact]
    public void Events_within_the_timeout_share_a_session()
    {
        _given.Record("a", page: "/first");
        _given.Now += TimeSpan.FromMinutes(19);
        _given.Record("b", page: "/last");

        var session = Assert.Single(Sessions);
        Assert.Equal(Given.Start, session.StartedAt);
        Assert.Equal(_given.Now, session.LastActivityAt);
        Assert.Equal("/first", session.FirstPage);
        Assert.Equal("/last", session.LastPage);
        Assert.Equal(2, session.Counts["VIEW"]);
    }

    [Fact]
    public void Inactivity_of_the_timeout_closes_a_session()
    {
        _given.Record("a");
        _given.Now += TimeSpan.FromMinutes(20);
        Assert.False(Sessions[0].IsOpen(_given.Now));
        _given.Record("b");

        Assert.Equal(2, Sessions.Count);
        Assert.Equal([1, 2], Sessions.Select(session => session.Number));
    }

    [Fact]
    public void Activity_keeps_a_session_open_beyond_its_timeout()
    {
        for (var i = 0; i < 5; i++)
        {
            _given.Record($"e{i}");
            _given.Now += TimeSpan.FromMinutes(15);
        }

        Assert.Single(Sessions);
    }

    [Fact]
    public void Another_channel_or_browser_is_another_session()
    {
        _given.Record("a", browserId: "11111111-2222-4333-8444-555555555555");
        _given.Record("b", browserId: "11111111-2222-4333-8444-555555555555", channel: "MOBILE_APP");
        _given.Record("c", browserId: "99999999-2222-4333-8444-555555555555");
        _given.Record("d");

        Assert.Equal(4, Sessions.Count);
    }

    [Fact]
    public void A_browser_id_in_other_letters_is_the_same_browser()
    {
        _given.Record("a", browserId: "aaaaaaaa-2222-4333-8444-555555555555");
        _given.Record("b", browserId: "AAAAAAAA-2222-4333-8444-555555555555");

        Assert.Single(Sessions);
    }

    [Fact]
    public void A_host_whose_clock_is_behind_does_not_age_a_session()
    {
        _given.Record("a");
        _given.Record("b", receivedAt: Given.Start - TimeSpan.FromMinutes(5));

        Assert.Equal(Given.Start, Assert.Single(Sessions).LastActivityAt);
    }
}
