using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

public sealed partial class GuestSession
{
    private void Apply(EventExpired expired)
    {
        var entry = Line.Remove(expired.Sequence);
        SetAside.Add(new SetAsideEvent(
            entry.Event, entry.Attempts, expired.InDoubt, expired.Code, expired.At, entry.AbandonedAttempt,
            entry.PossiblyDuplicate));
    }

    private void Apply(EventRedriven redriven)
    {
        var aside = SetAside.Remove(redriven.Sequence);
        var recorded = redriven.Edit?.Over(aside.Event) ?? aside.Event;
        Line.AddAtHead(
            new LineEntry
            {
                Event = recorded with { Late = true },
                Attempts = aside.Attempts,
                PossiblyDuplicate = aside.PossiblyDuplicate || aside.InDoubt,
                AbandonedAttempt = aside.AbandonedAttempt,
                RedrivenAt = redriven.Act.At,
            },
            Open?.Sequence);
    }

    private void Apply(EventDiscarded discarded)
    {
        SetAside.Remove(discarded.Sequence);
        DiscardedCount++;
    }

    private void Apply(EventResolved resolved)
    {
        var aside = SetAside.Remove(resolved.Sequence);
        if (resolved.Delivered)
            DeliveredCount++;
        else
            SetAside.Add(aside with { InDoubt = false, Code = EventCodes.NotDelivered, PossiblyDuplicate = true });
    }
}
