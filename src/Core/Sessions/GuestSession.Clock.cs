namespace GuestSessions.Core.Sessions;

/// <summary>The times of the state, and what becomes of them when the wall clock is set.</summary>
public sealed partial class GuestSession
{
    /// <summary>The clock its times are by; null before its first commit.</summary>
    public StateClock? Clock { get; private set; }

    /// <summary>When the last commit was made, by its clock.</summary>
    public DateTimeOffset CommittedAt { get; set; }

    /// <summary>
    /// By how much the wall clock was set while events waited. Their order stays on the time it was made in; it takes the
    /// new one on when none waits.
    /// </summary>
    public TimeSpan OrderShift { get; private set; }

    /// <summary>A time of the state as the order of the line counts it.</summary>
    public DateTimeOffset OrderTimeOf(DateTimeOffset at) => at - OrderShift;

    private void Apply(ClockSet set)
    {
        Clock = set.Clock;
        if (set.By == TimeSpan.Zero)
            return;
        Line.Move(set.By);
        Sessions.Move(set.By);
        Dedup.Move(set.By);
        BrowserIdRetryAt += set.By;
        if (Open is { } open)
            Open = open with { At = open.At + set.By, TakenOverUntil = open.TakenOverUntil + set.By };
        OrderShift += set.By;
        RenewOrderTime();
    }

    /// <summary>
    /// With nothing in the line there is no order to keep. Set back, the clock must not make everything late that comes
    /// until it is there again; set forward, it makes nothing late.
    /// </summary>
    private void RenewOrderTime()
    {
        if (Line.Count > 0 || OrderShift == TimeSpan.Zero)
            return;
        if (OrderShift < TimeSpan.Zero)
        {
            LastOrderAt = LastOrderAt - DateTimeOffset.MinValue > -OrderShift ? LastOrderAt + OrderShift : default;
            LastSentOrderAt += OrderShift;
        }

        OrderShift = TimeSpan.Zero;
    }
}
