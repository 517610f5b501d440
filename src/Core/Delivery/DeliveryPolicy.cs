using GuestSessions.Core.Events;

namespace GuestSessions.Core.Delivery;

/// <summary>How to treat an event that may or may not have arrived upstream.</summary>
public enum InDoubtPolicy
{
    /// <summary>
    /// Send again and mark the event <c>possibly_duplicate</c>. ADD and IDENTITY are marked too, although a second
    /// one is harmless: every duplicate the upstream sees is marked.
    /// </summary>
    Resend,

    /// <summary>Resend while the event's session may still be open, hold afterwards (CHECKOUT, PAYMENT).</summary>
    ResendWhileSessionOpen,

    /// <summary>Take the event out of the line and wait for a person (ORDER_CHECKOUT).</summary>
    Hold,
}

/// <summary>What a refused event does to its guest's line.</summary>
public enum RefusalPolicy
{
    /// <summary>The line continues without the event.</summary>
    Skip,

    /// <summary>The line waits until a person redrives, discards or resolves it.</summary>
    Wait,
}

/// <summary>What a finished attempt means for its event.</summary>
public enum NextStep
{
    Delivered,
    RetryInPlace,
    ResendMarked,
    Quarantine,
    HoldInDoubt,
    NotSent,
}

/// <summary>Maps the outcome of an attempt to the next step. Pure: time and randomness are arguments.</summary>
public static class DeliveryPolicy
{
    /// <summary>The back-off between attempts. Full jitter keeps the guests of a tenant from retrying at the same time.</summary>
    private static readonly BackOff BetweenAttempts =
        new(First: TimeSpan.FromMilliseconds(500), Longest: TimeSpan.FromMinutes(5), Jitter: 1);

    /// <summary>The longest <c>Retry-After</c> that is honoured.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Maximum number of attempts for an event from a public key. After them, the event itself counts as the cause:
    /// anybody can send content that the upstream, or a firewall in front of it, never accepts.
    /// </summary>
    public const int MostAttemptsFromPublicKey = 8;

    /// <summary>
    /// No due time lies further ahead. One that does was written by a clock that has since been set back.
    /// </summary>
    public static readonly TimeSpan LongestWait = 2 * LongestRetryAfter;

    /// <summary>The in-doubt policy of a type that the tenant does not configure.</summary>
    public static InDoubtPolicy DefaultFor(string type) => type switch
    {
        EventTypes.Checkout or EventTypes.Payment => InDoubtPolicy.ResendWhileSessionOpen,
        EventTypes.OrderCheckout => InDoubtPolicy.Hold,
        _ => InDoubtPolicy.Resend,
    };

    /// <summary>Applies the outcome table.</summary>
    /// <param name="outcome">How the attempt ended.</param>
    /// <param name="policy">The in-doubt policy of the event's type.</param>
    /// <param name="sessionMayBeOpen">Whether the upstream may still have the event's session open.</param>
    public static NextStep Decide(AttemptOutcome outcome, InDoubtPolicy policy, bool sessionMayBeOpen) =>
        outcome switch
        {
            AttemptOutcome.Delivered => NextStep.Delivered,
            AttemptOutcome.NotApplied or AttemptOutcome.Misconfigured => NextStep.RetryInPlace,
            AttemptOutcome.Unsent => NextStep.NotSent,
            AttemptOutcome.Refused => NextStep.Quarantine,
            AttemptOutcome.InDoubt => InDoubt(policy, sessionMayBeOpen),
            _ => throw new System.Diagnostics.UnreachableException($"No next step for {outcome}."),
        };

    /// <summary>
    /// The wait before the next attempt: the back-off. If the upstream asked for a wait: that wait plus jitter.
    /// </summary>
    /// <param name="attempts">Attempts made so far, at least 1.</param>
    /// <param name="chance">Uniform in [0, 1).</param>
    /// <param name="retryAfter">The upstream's <c>Retry-After</c>, if any.</param>
    public static TimeSpan WaitAfter(int attempts, double chance, TimeSpan? retryAfter)
    {
        var delay = BetweenAttempts.After(attempts, chance);
        if (retryAfter is not { } asked)
            return delay;
        var capped = asked < LongestRetryAfter ? asked : LongestRetryAfter;

        // Adds jitter to the requested wait, so that guests do not retry in one wave.
        return capped + (delay < capped ? delay : capped * chance);
    }

    private static NextStep InDoubt(InDoubtPolicy policy, bool sessionMayBeOpen) => policy switch
    {
        InDoubtPolicy.Resend => NextStep.ResendMarked,
        InDoubtPolicy.ResendWhileSessionOpen when sessionMayBeOpen => NextStep.ResendMarked,
        InDoubtPolicy.ResendWhileSessionOpen or InDoubtPolicy.Hold => NextStep.HoldInDoubt,
        _ => throw new System.Diagnostics.UnreachableException($"No next step for {policy}."),
    };
}
