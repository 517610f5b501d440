using GuestSessions.StreamApi.Resilience;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Client;

public sealed class TimeOutsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Fact]
    public void A_source_is_used_again_for_the_next_attempt()
    {
        var timeOuts = new TimeOuts(Long, TimeProvider.System);
        var first = timeOuts.Start();
        timeOuts.Return(first);

        Assert.Same(first, timeOuts.Start());
        Assert.False(first.IsCancellationRequested);
    }

    [Fact]
    public void Attempts_at_the_same_time_have_a_source_each()
    {
        var timeOuts = new TimeOuts(Long, TimeProvider.System);

        Assert.NotSame(timeOuts.Start(), timeOuts.Start());
    }

    [Fact]
    public void A_source_that_was_cancelled_is_not_used_again()
    {
        var timeOuts = new TimeOuts(Long, TimeProvider.System);
        var first = timeOuts.Start();
        first.Cancel();
        timeOuts.Return(first);

        var next = timeOuts.Start();

        Assert.NotSame(first, next);
        Assert.False(next.IsCancellationRequested);
    }

    [Fact]
    public void Each_attempt_has_the_whole_time()
    {
        var time = new FakeTimeProvider();
        var timeOuts = new TimeOuts(TimeSpan.FromSeconds(10), time);
        var first = timeOuts.Start();
        time.Advance(TimeSpan.FromSeconds(9));
        timeOuts.Return(first);
        var second = timeOuts.Start();

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(second.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(second.IsCancellationRequested);
    }
}
