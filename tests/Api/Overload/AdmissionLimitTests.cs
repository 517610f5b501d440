using GuestSessions.Api.Overload;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Overload;

public sealed class AdmissionLimitTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(6);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly FakeTimeProvider _time = new();
    private readonly AdmissionLimit _limit;

    public AdmissionLimitTests() => _limit = new AdmissionLimit(1_000, TimeSpan.FromSeconds(2), _time);

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
    public void When_most_acknowledgements_are_slow_it_gets_smaller_once_an_interval()
    {
        Fill(200);
        Answer(Slow, 100);
        Assert.Equal(256, _limit.Limit);

        EndIntervalWith(Slow);
        Answer(Slow, 50);
        Assert.Equal(160, _limit.Limit);

        EndIntervalWith(Slow);
        Assert.Equal(80, _limit.Limit);
    }

    [Fact]
    public void A_few_slow_acknowledgements_among_quick_ones_change_nothing()
    {
        Fill(100);
        Answer(Slow, 20);
        Answer(Quick, 30);
        EndIntervalWith(Slow);

        Assert.Equal(256, _limit.Limit);
    }

    [Fact]
    public void A_wait_that_nothing_new_escaped_makes_it_smaller()
    {
        Fill(200);
        _limit.Waited(Long);
        _limit.Waited(2 * Long);
        Assert.Equal(256, _limit.Limit);

        EndIntervalWaiting(Long);

        Assert.Equal(160, _limit.Limit);
    }

    [Fact]
    public void A_wait_that_something_escaped_changes_nothing()
    {
        Fill(200);
        _limit.Waited(20 * Long);
        _limit.Waited(TimeSpan.Zero);
        EndIntervalWaiting(20 * Long);

        Assert.Equal(256, _limit.Limit);
    }

    [Fact]
    public void It_falls_from_as_many_as_were_under_way_even_where_they_have_just_left()
    {
        Fill(200);
        for (var left = 0; left < 199; left++)
            _limit.Leave(null);
        EndIntervalWaiting(Long);

        Assert.Equal(160, _limit.Limit);
    }

    [Fact]
    public void It_never_closes()
    {
        for (var interval = 0; interval < 100; interval++)
        {
            Fill(1);
            EndIntervalWith(Slow);
            EndIntervalWaiting(Long);
        }

        Assert.Equal(80, _limit.Limit);
    }

    [Fact]
    public void It_never_passes_what_is_configured()
    {
        var small = new AdmissionLimit(16, TimeSpan.FromSeconds(2), _time);
        for (var interval = 0; interval < 10; interval++)
        {
            _time.Advance(Interval);
            small.Waited(Long);
        }

        Assert.Equal(16, small.Limit);
    }

    [Fact]
    public void Those_that_are_neither_prompt_nor_slow_bring_it_back_to_where_it_started_and_no_further()
    {
        Fill(200);
        EndIntervalWaiting(Long);
        Assert.Equal(160, _limit.Limit);
        for (var left = 0; left < 50; left++)
            _limit.Leave(null);
        for (var answered = 0; answered < 50_000; answered++)
        {
            Answer(TimeSpan.FromMilliseconds(300), 1);
            Fill(1);
        }

        Assert.Equal(256, _limit.Limit);
    }

    [Fact]
    public void Beyond_where_it_started_those_that_are_not_prompt_take_back_what_prompt_ones_gave()
    {
        Fill(200);
        for (var answered = 0; answered < 20_000; answered++)
        {
            Answer(Quick, 1);
            Fill(1);
        }

        Assert.True(_limit.Limit > 300);
        for (var answered = 0; answered < 50_000; answered++)
        {
            Answer(TimeSpan.FromMilliseconds(100), 1);
            Fill(1);
        }

        Assert.Equal(256, _limit.Limit);
    }

    [Fact]
    public void Beyond_where_it_started_a_slow_one_takes_back_what_a_prompt_one_gave()
    {
        Fill(200);
        for (var answered = 0; answered < 20_000; answered++)
        {
            Answer(Quick, 1);
            Fill(1);
        }

        var grown = _limit.Limit;
        for (var answered = 0; answered < 20_000; answered++)
        {
            Answer(Quick, 1);
            Answer(Slow, 1);
            Fill(2);
        }

        Assert.InRange(_limit.Limit, 257, grown);
    }

    [Fact]
    public void Quick_ones_make_it_larger_again_while_all_of_it_is_used()
    {
        Fill(101);
        EndIntervalWith(Slow);
        var cut = _limit.Limit;
        for (var left = 0; left < 21; left++)
            _limit.Leave(null);
        for (var answered = 0; answered < 50_000; answered++)
        {
            Answer(Quick, 1);
            Fill(1);
        }

        // 79 are under way: twice as many is as much as they show to be used.
        Assert.Equal(80, cut);
        Assert.Equal(158, _limit.Limit);
    }

    private void EndIntervalWith(TimeSpan acknowledgement)
    {
        _time.Advance(Interval);
        Answer(acknowledgement, 1);
    }

    private void EndIntervalWaiting(TimeSpan wait)
    {
        _time.Advance(Interval);
        _limit.Waited(wait);
    }

    private void Answer(TimeSpan took, int times)
    {
        for (var answered = 0; answered < times; answered++)
            _limit.Leave(took);
    }

    private void Fill(int places)
    {
        for (var place = 0; place < places; place++)
            Assert.True(_limit.TryEnter(1));
    }
}
