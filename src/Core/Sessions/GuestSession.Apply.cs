using System.Diagnostics;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Core.Sessions;

public sealed partial class GuestSession
{
    /// <summary>Applies an event to the state. Never rejects, never reads a clock.</summary>
    /// <exception cref="UnreachableException">The event contradicts the state: a bug, or a tampered journal.</exception>
    public void Apply(SessionEvent @event)
    {
        switch (@event)
        {
            case GuestOpened opened: Apply(opened); break;
            case SessionStarted started: Apply(started); break;
            case EventRecorded recorded: Apply(recorded); break;
            case IdentifiersRemembered remembered: Identifiers.Remember(remembered.Identifiers, remembered.ProfileHash); break;
            case BrowserIdAssigned assigned: Apply(assigned); break;
            case BrowserIdPostponed postponed: Apply(postponed); break;
            case DeliveryStarted started: Apply(started); break;
            case EventDelivered delivered: Apply(delivered); break;
            case DeliveryPostponed postponed: Apply(postponed); break;
            case EventQuarantined quarantined: Apply(quarantined); break;
            case EventHeldInDoubt held: Apply(held); break;
            case DeliveryUnsent unsent: Close(unsent.Sequence, unsent.Attempt); break;
            case DeliveryTakenOver takenOver: Apply(takenOver); break;
            case LateOutcomeRecorded late: Apply(late); break;
            case LineFlushed: Line.FlushAll(); break;
            case EventExpired expired: Apply(expired); break;
            case EventRedriven redriven: Apply(redriven); break;
            case EventDiscarded discarded: Apply(discarded); break;
            case EventResolved resolved: Apply(resolved); break;
            case GuestPaused paused: Pause = paused.Act; break;
            case GuestResumed: Pause = null; break;
            case EventSuperseded superseded: Sessions.Uncount(Line.Remove(superseded.Sequence).Event); break;
            case SessionsClosed closed: Sessions.Close(closed.Sessions, closed.At); break;
            case EventQuarantinedUnsent unsent: Apply(unsent); break;
            case BrowserLinked linked: Apply(linked); break;
            case BrowserReleased released: Apply(released); break;
            case SessionsForwarded passed: Apply(passed); break;
            case BrowserDrained drained: Browsers.Drain(drained); break;
            case BrowserCleared cleared: Browsers.Clear(cleared); break;
            case LocalBrowserMapped mapped: Apply(mapped); break;
            case ReplayBegun begun: Apply(begun); break;
            case ClockSet set: Apply(set); break;
            case ConsentChanged consent: ConsentDenied = consent.Denied ? consent.Act : null; break;
            case EventDropped dropped: Apply(dropped); break;
            case EventBlanked blanked: Apply(blanked); break;
            case BlankingEnded ended: Apply(ended); break;
            case EventRestored restored: Apply(restored); break;
            default: throw new UnreachableException($"No state change for {@event.GetType().Name}.");
        }

        Trace(@event);

        // The event that supersedes it follows in the same decision, which was made in the current order.
        if (@event is not EventSuperseded)
            RenewOrderTime();
    }

    private void Apply(GuestOpened opened)
    {
        Guest = opened.Guest;
        OpenedAt = opened.At;
    }

    private void Apply(SessionStarted started)
    {
        LastSession = started.Session;
        Sessions.Start(
            started, (started.BrowserId ?? BrowserId) is { } browserId ? Browsers.Held(browserId)?.Generation ?? 0 : 0);
    }

    private void Apply(EventRecorded recorded)
    {
        if (recorded.Sequence != LastSequence + 1)
            throw new UnreachableException($"Event {recorded.Sequence} follows {LastSequence}.");
        LastSequence = recorded.Sequence;
        LastOrderAt = recorded.OrderAt > LastOrderAt ? recorded.OrderAt : LastOrderAt;
        if (recorded.Replay is { } source)
        {
            // No caller sent it: it uses no event id, and extends no session of the guest.
            Advance(source);
        }
        else
        {
            Dedup.Add(RememberedId.Of(recorded));
            Sessions.Count(recorded);
        }

        Line.Add(new LineEntry { Event = recorded });
    }

    private void Apply(BrowserIdAssigned assigned)
    {
        BrowserId = assigned.BrowserId;
        CustomerReference = assigned.CustomerReference;
        BrowserIdAttempts = 0;
        BrowserIdRetryAt = null;
    }

    private void Apply(BrowserIdPostponed postponed)
    {
        BrowserIdAttempts = postponed.Attempt;
        BrowserIdRetryAt = postponed.RetryAt;
    }

    private void Apply(DeliveryStarted started)
    {
        if (Open is not null || Line.Head is not { } head || head.Event.Sequence != started.Sequence)
            throw new UnreachableException($"Event {started.Sequence} cannot start: it is not the free head of the line.");
        Open = new OpenStart(started.Sequence, started.Attempt, started.At);
        Line.Replace(head with { Attempts = started.Attempt });

        // Events that are sent again do not determine which new events are late.
        if (!head.IsSentAgain && (LastSentOrderAt is not { } last || head.Event.OrderAt > last))
            LastSentOrderAt = head.Event.OrderAt;
    }

    private void Apply(EventDelivered delivered)
    {
        Close(delivered.Sequence, delivered.Attempt);
        Line.Remove(delivered.Sequence);
        DeliveredCount++;
    }

    private void Apply(DeliveryPostponed postponed)
    {
        var open = Close(postponed.Sequence, postponed.Attempt);
        var entry = Line.Head!;
        Line.Replace(entry with
        {
            RetryAt = postponed.RetryAt,
            Flushed = false,
            PossiblyDuplicate = entry.PossiblyDuplicate || postponed.PossiblyDuplicate,
            AbandonedAttempt = AbandonedBy(open) ?? entry.AbandonedAttempt,
            Failures = entry.Failures + (postponed.Result.Outcome == AttemptOutcome.Misconfigured ? 0 : 1),
        });
    }

    private void Apply(EventQuarantined quarantined)
    {
        Close(quarantined.Sequence, quarantined.Attempt);
        var entry = Line.Remove(quarantined.Sequence);
        SetAside.Add(new SetAsideEvent(
            entry.Event, quarantined.Attempt, InDoubt: false, quarantined.Code, quarantined.Result.EndedAt,
            PossiblyDuplicate: entry.PossiblyDuplicate, BlocksLine: quarantined.BlocksLine));
    }

    private void Apply(EventQuarantinedUnsent unsent)
    {
        var entry = Line.Remove(unsent.Sequence);
        SetAside.Add(new SetAsideEvent(entry.Event, Attempts: 0, InDoubt: false, unsent.Code, unsent.At));
    }

    private void Apply(EventRestored restored) =>
        Line.Replace(Line.Find(restored.Sequence)! with { PossiblyDuplicate = true });

    private void Apply(EventHeldInDoubt held)
    {
        var open = Close(held.Sequence, held.Attempt);
        var entry = Line.Remove(held.Sequence);
        SetAside.Add(new SetAsideEvent(
            entry.Event, held.Attempt, InDoubt: true, held.Code, held.Result.EndedAt, AbandonedBy(open),
            PossiblyDuplicate: entry.PossiblyDuplicate));
    }

    private void Apply(DeliveryTakenOver takenOver) => Open = Open! with { TakenOverUntil = takenOver.Until };

    private void Apply(LateOutcomeRecorded late)
    {
        if (Line.Find(late.Sequence) is { } entry)
        {
            if (late.Delivers)
                Line.Remove(late.Sequence);
            else
                Line.Replace(entry with { AbandonedAttempt = null });
        }
        else if (SetAside.Find(late.Sequence) is { } aside)
        {
            if (late.Delivers)
                SetAside.Remove(late.Sequence);
            else
                SetAside.Replace(aside with { AbandonedAttempt = null });
        }

        if (late.Delivers)
            DeliveredCount++;
    }

    private OpenStart Close(long sequence, int attempt)
    {
        if (Open is not { } open || open.Sequence != sequence || open.Attempt != attempt)
            throw new UnreachableException($"No open start of event {sequence}, attempt {attempt}.");
        Open = null;
        return open;
    }

    private static int? AbandonedBy(OpenStart open) => open.TakenOverUntil is null ? null : open.Attempt;
}
