using System.Diagnostics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>Error of an attempt whose owner vanished before its outcome was recorded.</summary>
    public const string NoOutcome = "no_outcome";

    /// <summary>What delivery can do now. Pure: the same state and time give the same step.</summary>
    public static DeliveryStep Next(GuestSession session, DateTimeOffset now)
    {
        if (session.Open is { } open)
            return new DeliveryStep.AwaitOutcome(open);
        if (session.Line.Head is not { } head)
            return new DeliveryStep.Idle();
        if (BlockOf(session) is { } block)
            return block;
        if (head.DueAt is { } due && due > now && due - now <= DeliveryPolicy.LongestWait)
            return new DeliveryStep.Wait(due);
        if (session.BrowserIdOf(head) is { } browserId)
            return session.WaitsFor(head) is { } link
                ? new DeliveryStep.AwaitBrowser(link)
                : new DeliveryStep.Send(head, browserId);
        return session.BrowserIdRetryAt is { } retry && retry > now && retry - now <= DeliveryPolicy.LongestWait
            && !head.Flushed
            ? new DeliveryStep.Wait(retry)
            : new DeliveryStep.NeedBrowserId(LocalIdOf(session, head));
    }

    private static string? LocalIdOf(GuestSession session, LineEntry head) =>
        head.Event.BrowserId is { } named && !session.IsHomeOf(named) ? named : null;

    /// <summary>Writes down the intent to send the head, if it can be sent now.</summary>
    public static Decision<DeliveryStep.Send?> Start(GuestSession session, DateTimeOffset now) =>
        Next(session, now) is DeliveryStep.Send send
            ? new([new DeliveryStarted(send.Head.Event.Sequence, send.Head.Attempts + 1, now)], send)
            : Nothing<DeliveryStep.Send?>(null);

    /// <summary>Takes an outcome. The result tells whether it was news.</summary>
    public static Decision<bool> End(GuestSession session, EndDelivery command)
    {
        if (session.Open is { } open && open.Sequence == command.Sequence && open.Attempt == command.Attempt)
            return new([Ended(session, command, session.Line.Head!)], true);
        return EndLate(session, command);
    }

    /// <summary>A new activation found a start without outcome: the old owner gets until then to report.</summary>
    public static Decision<DateTimeOffset> TakeOver(GuestSession session, DateTimeOffset now, TimeSpan wait)
    {
        var open = session.Open ?? throw new UnreachableException("There is no open start to take over.");
        var until = now + wait;
        return new([new DeliveryTakenOver(open.Sequence, open.Attempt, now, until)], until);
    }

    /// <summary>The old owner's time is over: its start counts as in doubt.</summary>
    public static Decision<bool> Abandon(
        GuestSession session, OpenStart taken, Func<string, InDoubtPolicy> policy, DateTimeOffset now, double chance)
    {
        if (session.Open is not { TakenOverUntil: not null } open
            || open.Sequence != taken.Sequence || open.Attempt != taken.Attempt)
            return Nothing(false);
        var report = new AttemptReport { Outcome = AttemptOutcome.InDoubt, Error = NoOutcome };
        return End(session, new EndDelivery(open.Sequence, open.Attempt, report, policy, now, chance));
    }

    /// <summary>
    /// Makes a browser id the guest's own. It has to be the guest's and to wait for nobody: events without one take it
    /// on long after they got their place in the line.
    /// </summary>
    public static Decision<bool> AssignBrowserId(
        GuestSession session, string browserId, string? customerReference, DateTimeOffset now) =>
        session.BrowserId is null && session.Browsers.Held(browserId) is { IsClear: true }
            ? new([new BrowserIdAssigned(browserId, customerReference, now)], true)
            : Nothing(false);

    /// <summary>Takes what a local browser id stands for, as the browser's own line says.</summary>
    public static Decision<bool> MapLocalBrowser(GuestSession session, string localId, string browserId, DateTimeOffset now) =>
        session.LocalBrowsers.Any(known => string.Equals(known.LocalId, localId, StringComparison.OrdinalIgnoreCase))
            ? Nothing(false)
            : new([new LocalBrowserMapped(localId, browserId, now)], true);

    /// <param name="localId">The local id in question; null where it is the guest's own browser id.</param>
    public static Decision<bool> PostponeBrowserId(
        GuestSession session, AttemptReport report, DateTimeOffset now, double chance, string? localId = null)
    {
        if (localId is null && session.BrowserId is not null)
            return Nothing(false);
        var attempt = session.BrowserIdAttempts + 1;
        var retryAt = now + DeliveryPolicy.WaitAfter(attempt, chance, report.RetryAfter);
        return new([new BrowserIdPostponed(attempt, report.Error ?? ReasonOf(report), now, retryAt)], true);
    }

    /// <summary>Delivers what waits without settle or back-off. The result is how many events wait.</summary>
    public static Decision<int> Flush(GuestSession session, PersonAct act) =>
        session.Line.Entries.All(static entry => entry.Flushed)
            ? Nothing(session.Line.Count)
            : new([new LineFlushed(act.At, act.By, act.Reason)], session.Line.Count);

    private static SessionEvent Ended(GuestSession session, EndDelivery command, LineEntry entry)
    {
        var result = ResultOf(command);
        var sessionMayBeOpen = session.Sessions.Find(entry.Event.Session)?.IsOpen(command.Now) ?? false;
        var disposition = DeliveryPolicy.Decide(
            command.Report.Outcome, command.Policy(entry.Event.Type), sessionMayBeOpen);
        return disposition switch
        {
            Disposition.Delivered => new EventDelivered(command.Sequence, command.Attempt, result),
            Disposition.RetryInPlace or Disposition.ResendMarked when IsExhausted(entry, command) =>
                GivenUp(command, result, entry.PossiblyDuplicate || disposition == Disposition.ResendMarked),
            Disposition.RetryInPlace => new DeliveryPostponed(
                command.Sequence, command.Attempt, result, RetryAt(entry, command)),
            Disposition.ResendMarked => new DeliveryPostponed(
                command.Sequence, command.Attempt, result, RetryAt(entry, command), PossiblyDuplicate: true),
            Disposition.Quarantine => new EventQuarantined(
                command.Sequence, command.Attempt, result, EventCodes.UpstreamRefused,
                // Nobody who only knows a browser id can make its guest's line wait.
                Waits: command.OnRefusal(entry.Event.Type) == RefusalPolicy.Wait && !entry.Event.FromPublicKey),
            Disposition.HoldInDoubt => new EventHeldInDoubt(command.Sequence, command.Attempt, result),
            Disposition.NotSent => new DeliveryUnsent(command.Sequence, command.Attempt, result),
            _ => throw new UnreachableException($"No event for {disposition}."),
        };
    }

    /// <summary>
    /// An outcome for a start that is not open: only one that a takeover abandoned is still news. Anything else was
    /// recorded before and is offered again because its answer got lost.
    /// </summary>
    private static Decision<bool> EndLate(GuestSession session, EndDelivery command)
    {
        var inLine = session.Line.Find(command.Sequence);
        var aside = inLine is null ? session.SetAside.Find(command.Sequence) : null;
        var abandoned = inLine?.AbandonedAttempt ?? aside?.AbandonedAttempt;
        if (abandoned != command.Attempt)
            return Nothing(false);

        // While a later attempt is on its way the event cannot leave the line; that attempt settles it.
        var settles = command.Report.Outcome == AttemptOutcome.Delivered
            && session.Open?.Sequence != command.Sequence;
        return new(
            [new LateOutcomeRecorded(command.Sequence, command.Attempt, ResultOf(command), settles)], true);
    }

    // A tenant's trouble is waited out at its gate, not by its guests.
    private static DateTimeOffset RetryAt(LineEntry entry, EndDelivery command) =>
        command.Report.Outcome == AttemptOutcome.Misconfigured
            ? command.Now
            : command.Now + DeliveryPolicy.WaitAfter(entry.Failures + 1, command.Chance, command.Report.RetryAfter);

    private static AttemptResult ResultOf(EndDelivery command) => new(
        command.Report.Outcome, command.Now, command.Report.Duration, command.Report.Status,
        command.Report.Reference, command.Report.Answer, command.Report.Error, command.Report.Connection);

    private static string ReasonOf(AttemptReport report) =>
        report.Status is { } status ? $"status_{status}" : "no_browser_id";
}
