using GuestSessions.Api.Overload;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Overload;

public sealed class AdmissionLimitTests
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly FakeTimeProvider _time = new();
    private readonly AdmissionLimit _limit;

    public AdmissionLimitTests() => _limit = new AdmissionLimit(1_000, Tolerated, _time);

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
    public void When_most_acknowledgements_are_late_for_two_intervals_it_is_the_measured_rate_by_a_short_latency()
    {
        Fill(900);
        EndIntervalWith(Late, 300);
        Assert.Equal(1_000, _limit.Limit);

        EndIntervalWith(Late, 300);
        Assert.Equal(112, _limit.Limit); // 300 in 0.2 s, for 75 ms.
    }

    [Fact]
    public void A_few_late_acknowledgements_among_prompt_ones_change_nothing()
    {
        Fill(900);
        for (var interval = 0; interval < 4; interval++)
        {
            Answer(Late, 40);
            EndIntervalWith(Prompt, 60);
        }

        Assert.Equal(1_000, _limit.Limit);
    }

    [Fact]
    public void A_wait_that_nothing_new_escaped_makes_it_smaller()
    {
        Fill(200);
        EndIntervalWaiting(2 * LongWait);
        Assert.Equal(1_000, _limit.Limit);

        for (var round = 0; round < 2; round++)
        {
            Answer(Prompt, 200);
            Fill(200);
        }

        EndIntervalWaiting(2 * LongWait);

        Assert.Equal(100, _limit.Limit);
    }

    [Fact]
    public void A_wait_that_something_escaped_changes_nothing()
    {
        Fill(200);
        for (var interval = 0; interval < 4; interval++)
        {
            _limit.Waited(TimeSpan.Zero);
            Answer(Prompt, 1);
            EndIntervalWaiting(20 * LongWait);
        }

        Assert.Equal(1_000, _limit.Limit);
    }

    [Fact]
    public void An_interval_in_which_all_stood_still_changes_nothing()
    {
        Fill(200);
        EndIntervalWaiting(20 * LongWait);
        Answer(Prompt, 1);
        EndIntervalWaiting(TimeSpan.Zero);
        EndIntervalWaiting(20 * LongWait);

        Assert.Equal(1_000, _limit.Limit);
    }

    [Fact]
    public void Few_requests_that_take_long_change_nothing()
    {
        Fill(80);
        for (var interval = 0; interval < 20; interval++)
            EndIntervalWaiting(2 * LongWait);

        Assert.True(_limit.HasFew);
        Assert.Equal(1_000, _limit.Limit);
    }

    [Fact]
    public void It_never_closes()
    {
        Fill(200);
        for (var interval = 0; interval < 100; interval++)
            EndIntervalWaiting(2 * LongWait);

        Assert.False(_limit.HasFew);
        Assert.Equal(80, _limit.Limit);
    }

    [Fact]
    public void It_never_passes_what_is_configured()
    {
        var small = new AdmissionLimit(16, Tolerated, _time);
        for (var interval = 0; interval < 10; interval++)
        {
            _time.Advance(Interval);
            small.Waited(2 * LongWait);
        }

        Assert.Equal(16, small.Limit);
    }

    [Fact]
    public void It_opens_again_once_nothing_was_refused()
    {
        Fill(900);
        EndIntervalWith(Late, 300);
        EndIntervalWith(Late, 300);
        Assert.False(_limit.TryEnter(1));
        EndIntervalWith(Prompt, 300);
        Assert.Equal(112, _limit.Limit);

        EndIntervalWith(Prompt, 0);
        Assert.Equal(1_000, _limit.Limit);
    }

    private void EndIntervalWith(TimeSpan acknowledgement, int times)
    {
        Answer(acknowledgement, times);
        EndIntervalWaiting(TimeSpan.Zero);
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
