using CsCheck;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Core.Tests.Delivery;

public sealed class BackOffTests
{
    private static readonly BackOff Plain = new(First: TimeSpan.FromSeconds(1), Longest: TimeSpan.FromSeconds(30));

    [Fact]
    public void Each_wait_is_twice_the_one_before_up_to_the_longest() => Assert.Equal(
        [0, 1, 2, 4, 8, 16, 30, 30],
        Enumerable.Range(0, 8).Select(static failures => Plain.After(failures).TotalSeconds));

    [Fact]
    public void However_many_failures_there_were_no_wait_is_longer() =>
        Assert.Equal(Plain.Longest, Plain.After(int.MaxValue));

    [Fact]
    public void The_jitter_is_the_share_of_a_wait_that_is_random() =>
        Gen.Select(Gen.Int[1, 100], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((failures, jitter, chance) =>
        {
            var wait = (Plain with { Jitter = jitter }).After(failures, chance);
            var whole = Plain.After(failures);
            Assert.InRange(wait.TotalSeconds, (whole.TotalSeconds * (1 - jitter)) - 0.001, whole.TotalSeconds + 0.001);
            Assert.Equal(whole.TotalSeconds * (1 - (jitter * (1 - chance))), wait.TotalSeconds, tolerance: 0.001);
        });
}
