using System.Diagnostics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>Error of an attempt whose owner disappeared before its outcome was recorded.</summary>
    public const string NoOutcome = "no_outcome";

    /// <summary>The next step of delivery. Pure: the same state and time give the same step.</summary>
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

    /// <summary>Records the intent to send the head, if it can be sent now.</summary>
    public static Decision<DeliveryStep.Send?> Start(GuestSession session, DateTimeOffset now) =>
        Next(session, now) is DeliveryStep.Send send
            ? new([new DeliveryStarted(send.Head.Event.Sequence, send.Head.Attempts + 1, now)], send)
            : Nothing<DeliveryStep.Send?>(null);

    /// <summary>Records an outcome. The result tells whether it was new.</summary>
    public static Decision<bool> End(GuestSession session, EndDelivery command)
    {
        if (session.Open is { } open && open.Sequence == command.Sequence && open.Attempt == command.Attempt)
            return new([Ended(session, command, session.Line.Head!)], true);
        return EndLate(session, command);
    }

    /// <summary>
    /// A new activation found a start without an outcome. The result is the time until which the old owner may report
    /// it.
    /// </summary>
    public static Decision<DateTimeOffset> TakeOver(GuestSession session, DateTimeOffset now, TimeSpan wait)
    {
        var open = session.Open ?? throw new UnreachableException("There is no open start to take over.");
        var until = now + wait;
        return new([new DeliveryTakenOver(open.Sequence, open.Attempt, now, until)], until);
    }

    /// <summary>The old owner's time has expired: its start counts as in doubt.</summary>
    /// <param name="maxAttempts">See <see cref="EndDelivery.MaxAttempts"/>.</param>
    public static Decision<bool> Abandon(
        GuestSession session, OpenStart taken, Func<string, InDoubtPolicy> policy, DateTimeOffset now, double chance,
        int maxAttempts = 0)
    {
        if (session.Open is not { TakenOverUntil: not null } open
            || open.Sequence != taken.Sequence || open.Attempt != taken.Attempt)
            return Nothing(false);
        var report = new AttemptReport { Outcome = AttemptOutcome.InDoubt, Error = NoOutcome };
        return End(session, new EndDelivery(open.Sequence, open.Attempt, report, policy, now, chance)
        {
            MaxAttempts = maxAttempts,
        });
    }

    /// <summary>
    /// Makes a browser id the guest's own. The guest must own it without waiting for a previous owner: events without
    /// one adopt it long after they got their place in the line.
    /// </summary>
    public static Decision<bool> AssignBrowserId(
        GuestSession session, string browserId, string? customerReference, DateTimeOffset now) =>
        session.BrowserId is null && session.Browsers.Held(browserId) is { IsClear: true }
            ? new([new BrowserIdAssigned(browserId, customerReference, now)], true)
            : Nothing(false);

    /// <summary>Records the upstream id of a local browser id, as the browser's own line reports it.</summary>
    public static Decision<bool> MapLocalBrowser(GuestSession session, string localId, string browserId, DateTimeOffset now) =>
        session.LocalBrowsers.Any(known => string.Equals(known.LocalId, localId, StringComparison.OrdinalIgnoreCase))
            ? Nothing(false)
            : new([new LocalBrowserMapped(localId, browserId, now)], true);

    /// <param name="localId">The local id in question; null for the guest's own browser id.</param>
    public static Decision<bool> PostponeBrowserId(
        GuestSession session, AttemptReport report, DateTimeOffset now, double chance, string? localId = null)
    {
        if (localId is null && session.BrowserId is not null)
            return Nothing(false);
        var attempt = session.BrowserIdAttempts + 1;
        var retryAt = now + DeliveryPolicy.WaitAfter(attempt, chance, report.RetryAfter);
        return new([new BrowserIdPostponed(attempt, report.Error ?? ReasonOf(report), now, retryAt)], true);
    }

    /// <summary>Delivers the waiting events without settle or back-off. The result is their number.</summary>
    public static Decision<int> Flush(GuestSession session, PersonAct act) =>
        session.Line.Entries.All(static entry => entry.Flushed)
            ? Nothing(session.Line.Count)
            : new([new LineFlushed(act.At, act.By, act.Reason, act.Via)], session.Line.Count);

    private static SessionEvent Ended(GuestSession session, EndDelivery command, LineEntry entry)
    {
        var result = ResultOf(command);
        var sessionMayBeOpen = session.Sessions.Find(entry.Event.Session)?.IsOpen(command.Now) ?? false;
        var nextStep = DeliveryPolicy.Decide(
            command.Report.Outcome, command.Policy(entry.Event.Type), sessionMayBeOpen);
        return nextStep switch
        {
            NextStep.Delivered => new EventDelivered(command.Sequence, command.Attempt, result),
            NextStep.RetryInPlace or NextStep.ResendMarked when IsExhausted(entry, command) =>
                GivenUp(command, result, entry.PossiblyDuplicate || nextStep == NextStep.ResendMarked),
            NextStep.RetryInPlace => new DeliveryPostponed(
                command.Sequence, command.Attempt, result, RetryAt(entry, command)),
            NextStep.ResendMarked => new DeliveryPostponed(
                command.Sequence, command.Attempt, result, RetryAt(entry, command), PossiblyDuplicate: true),
            NextStep.Quarantine => new EventQuarantined(
                command.Sequence, command.Attempt, result, EventCodes.UpstreamRefused,
                // A sender who only knows a browser id must not make the guest's line wait.
                BlocksLine: command.OnRefusal(entry.Event.Type) == RefusalPolicy.Wait && !entry.Event.FromPublicKey),
            NextStep.HoldInDoubt => new EventHeldInDoubt(command.Sequence, command.Attempt, result),
            NextStep.NotSent => new DeliveryUnsent(command.Sequence, command.Attempt, result),
            _ => throw new UnreachableException($"No event for {nextStep}."),
        };
    }

    /// <summary>
    /// An outcome for a start that is not open. It is new only if a takeover abandoned the start. Any other outcome
    /// was recorded before, and is reported again because the answer was lost.
    /// </summary>
    private static Decision<bool> EndLate(GuestSession session, EndDelivery command)
    {
        var inLine = session.Line.Find(command.Sequence);
        var aside = inLine is null ? session.SetAside.Find(command.Sequence) : null;
        var abandoned = inLine?.AbandonedAttempt ?? aside?.AbandonedAttempt;
        if (abandoned != command.Attempt)
            return Nothing(false);

        // While a later attempt is in flight, the event cannot leave the line; that attempt decides what becomes of it.
        var delivers = command.Report.Outcome == AttemptOutcome.Delivered
            && session.Open?.Sequence != command.Sequence;
        return new(
            [new LateOutcomeRecorded(command.Sequence, command.Attempt, ResultOf(command), delivers)], true);
    }

    // The tenant's gate waits for the tenant's trouble to end, not each guest.
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
