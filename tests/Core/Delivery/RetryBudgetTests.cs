using GuestSessions.Core.Delivery;

namespace GuestSessions.Core.Tests.Delivery;

public sealed class RetryBudgetTests
{
    private readonly RetryBudget _budget = new();

    [Fact]
    public void While_fresh_work_waits_retries_take_a_tenth_of_the_sends()
    {
        var retries = 0;
        for (var sends = 0; sends < 10_000; sends++)
            retries += Send(freshWaits: true, retryWaits: true) ? 1 : 0;
        Assert.InRange(retries, 990, 1_000);
    }

    [Fact]
    public void When_nothing_fresh_waits_retries_are_free()
    {
        for (var sends = 0; sends < 100; sends++)
            Assert.True(Send(freshWaits: false, retryWaits: true));
    }

    [Fact]
    public void What_was_not_used_pays_for_no_burst()
    {
        for (var sends = 0; sends < 1_000; sends++)
            Send(freshWaits: true, retryWaits: false);
        var burst = Enumerable.Range(0, 10).Count(_ => Send(freshWaits: true, retryWaits: true));
        Assert.InRange(burst, 0, 3);
    }

    private bool Send(bool freshWaits, bool retryWaits)
    {
        var retry = _budget.TakesRetry(freshWaits, retryWaits);
        if (retry)
            _budget.SentRetry(freshWaits);
        else
            _budget.SentFresh();
        return retry;
    }
}
