namespace GuestSessions.Core.Sessions;

/// <summary>The times of the state, and how they change when the wall clock is set.</summary>
public sealed partial class GuestSession
{
    /// <summary>The clock that its times refer to; null before its first commit.</summary>
    public StateClock? Clock { get; private set; }

    /// <summary>When the last commit was made, by its clock.</summary>
    public DateTimeOffset CommittedAt { get; set; }

    /// <summary>
    /// By how much the wall clock was set while events waited. Their order keeps the old time; the new time applies
    /// once none waits.
    /// </summary>
    public TimeSpan OrderShift { get; private set; }

    /// <summary>Converts a time of the state to the time that orders the line.</summary>
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
    /// An empty line has no order to keep. A clock that was set back must not make every event late until it reaches
    /// the old time again. A clock that was set forward makes nothing late.
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
