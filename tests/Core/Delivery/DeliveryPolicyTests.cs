using CsCheck;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Core.Tests.Delivery;

public sealed class DeliveryPolicyTests
{
    [Theory]
    [InlineData(AttemptOutcome.Delivered, NextStep.Delivered)]
    [InlineData(AttemptOutcome.NotApplied, NextStep.RetryInPlace)]
    [InlineData(AttemptOutcome.Misconfigured, NextStep.RetryInPlace)]
    [InlineData(AttemptOutcome.Unsent, NextStep.NotSent)]
    [InlineData(AttemptOutcome.Refused, NextStep.Quarantine)]
    public void A_clear_outcome_does_not_depend_on_the_type(AttemptOutcome outcome, NextStep expected) =>
        Assert.All(Enum.GetValues<InDoubtPolicy>(), policy =>
        {
            Assert.Equal(expected, DeliveryPolicy.Decide(outcome, policy, sessionMayBeOpen: true));
            Assert.Equal(expected, DeliveryPolicy.Decide(outcome, policy, sessionMayBeOpen: false));
        });

    [Theory]
    [InlineData("ADD", true, NextStep.ResendMarked)]
    [InlineData("IDENTITY", false, NextStep.ResendMarked)]
    [InlineData("VIEW", false, NextStep.ResendMarked)]
    [InlineData("SADDLE_FITTED", false, NextStep.ResendMarked)]
    [InlineData("CHECKOUT", true, NextStep.ResendMarked)]
    [InlineData("CHECKOUT", false, NextStep.HoldInDoubt)]
    [InlineData("PAYMENT", true, NextStep.ResendMarked)]
    [InlineData("PAYMENT", false, NextStep.HoldInDoubt)]
    [InlineData("ORDER_CHECKOUT", true, NextStep.HoldInDoubt)]
    [InlineData("ORDER_CHECKOUT", false, NextStep.HoldInDoubt)]
    public void Doubt_is_answered_by_type(string type, bool sessionMayBeOpen, NextStep expected) =>
        Assert.Equal(expected, DeliveryPolicy.Decide(
            AttemptOutcome.InDoubt, DeliveryPolicy.DefaultFor(type), sessionMayBeOpen));

    [Fact]
    public void The_step_doubles_from_half_a_second_to_five_minutes()
    {
        var steps = Enumerable.Range(1, 12).Select(attempts => DeliveryPolicy.WaitAfter(attempts, 1, null).TotalSeconds);

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], steps);
    }

    [Fact]
    public void The_jitter_is_full() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Double[0, 1]).Sample((attempts, chance) =>
        {
            var delay = DeliveryPolicy.WaitAfter(attempts, chance, null);
            var step = DeliveryPolicy.WaitAfter(attempts, 1, null);
            Assert.InRange(delay, TimeSpan.Zero, step);
            Assert.Equal(step.TotalSeconds * chance, delay.TotalSeconds, tolerance: 0.001);
        });

    [Fact]
    public void Retry_after_is_a_floor_and_capped() =>
        Gen.Select(Gen.Int[1, 20], Gen.Double[0, 1], Gen.Double[0, 1e6]).Sample((attempts, chance, seconds) =>
        {
            var asked = TimeSpan.FromSeconds(seconds);
            var delay = DeliveryPolicy.WaitAfter(attempts, chance, asked);
            var capped = asked < DeliveryPolicy.LongestRetryAfter ? asked : DeliveryPolicy.LongestRetryAfter;
            Assert.InRange(delay, capped, capped * 2);
        });
}
