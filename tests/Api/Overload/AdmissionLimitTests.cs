using GuestSessions.Api.Overload;
using GuestSessions.Core.Options;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Overload;

public sealed class AdmissionLimitTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _time = new();
    private readonly AdmissionLimit _limit;

    public AdmissionLimitTests() => _limit = new AdmissionLimit(new ApiOptions { RequestsInFlight = 1_000 }, _time);

    [Fact]
    public void Beyond_the_limit_nothing_enters_until_something_leaves()
    {
        Fill(_limit.Limit);
        Assert.False(_limit.TryEnter(1));
        _limit.Leave(null);
        Assert.True(_limit.TryEnter(1));
    }

    [Fact]
    public void The_less_important_has_the_smaller_part()
    {
        Fill(_limit.Limit * 85 / 100);
        Assert.False(_limit.TryEnter(0.5));
        Assert.False(_limit.TryEnter(0.8));
        Assert.True(_limit.TryEnter(0.9));
        Assert.True(_limit.TryEnter(1));
    }

    [Fact]
    public void Slow_acknowledgements_make_it_smaller_once_for_those_that_were_under_way()
    {
        Fill(200);
        for (var answered = 0; answered < 100; answered++)
            _limit.Leave(Slow);
        Assert.Equal(160, _limit.Limit);

        _time.Advance(TimeSpan.FromMilliseconds(100));
        _limit.Leave(Slow);

        Assert.Equal(80, _limit.Limit);
    }

    [Fact]
    public void It_never_closes()
    {
        for (var second = 0; second < 100; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Fill(1);
            _limit.Leave(Slow);
        }

        Assert.Equal(16, _limit.Limit);
    }

    [Fact]
    public void Quick_ones_make_it_larger_again_while_the_room_is_used()
    {
        Fill(100);
        _limit.Leave(Slow);
        var cut = _limit.Limit;
        for (var given = 0; given < 20; given++)
            _limit.Leave(null);
        for (var answered = 0; answered < 50_000; answered++)
        {
            _limit.Leave(Quick);
            Fill(1);
        }

        // 79 are under way: room for twice as many is as much as they show to be used.
        Assert.Equal(80, cut);
        Assert.Equal(158, _limit.Limit);
    }

    private void Fill(int places)
    {
        for (var place = 0; place < places; place++)
            Assert.True(_limit.TryEnter(1));
    }
}
