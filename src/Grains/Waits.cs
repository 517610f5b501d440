using System.Diagnostics;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains;

/// <summary>Explains why a guest's events do not move, from its state and from its tenant's state on this silo.</summary>
internal static class Waits
{
    /// <summary>Returns what the head of a line waits for; null when nothing is undelivered.</summary>
    /// <param name="tenant">What the tenant's delivery waits for on this silo.</param>
    public static WaitView? OfLine(GuestSession state, DateTimeOffset now, WaitView? tenant) =>
        Decider.Next(state, now) switch
        {
            DeliveryStep.Idle => null,
            DeliveryStep.AwaitOutcome { Open.TakenOverUntil: { } until } => new(WaitCode.TakingOver, until),
            DeliveryStep.AwaitOutcome => new(WaitCode.Sending),
            DeliveryStep.Paused => new(WaitCode.Paused),
            DeliveryStep.RefusedWaits => new(WaitCode.RefusedWaits),
            DeliveryStep.SetAsideFull => new(WaitCode.SetAsideFull),
            DeliveryStep.AwaitBrowser => new(WaitCode.AwaitingBrowser),
            DeliveryStep.Wait wait => tenant is { Code: not (WaitCode.Turn or WaitCode.RateLimit) }
                ? tenant
                : new(OfHead(state.Line.Head!), wait.Until),
            DeliveryStep.NeedBrowserId => tenant ?? new(WaitCode.BrowserId),
            DeliveryStep.Send => tenant ?? new(WaitCode.Turn),
            var step => throw new UnreachableException($"No reason for {step}."),
        };

    /// <summary>Returns what an event waits for; null when it is not in the line.</summary>
    public static WaitView? OfEvent(GuestSession state, long sequence, WaitView? line)
    {
        if (line is null || state.Line.Find(sequence) is null || state.Line.Head is not { } head)
            return null;
        return head.Event.Sequence == sequence || HoldsAll(line.Code)
            ? line
            : new WaitView(WaitCode.EarlierEvent, line.Until) { Behind = head.Event.Sequence };
    }

    private static WaitCode OfHead(LineEntry head) =>
        head.RetryAt is not null ? WaitCode.BackOff : head.DueAt is not null ? WaitCode.Settle : WaitCode.BrowserId;

    /// <summary>Whether the whole line waits for it, not only the head.</summary>
    private static bool HoldsAll(WaitCode code) => code is not (WaitCode.Sending or WaitCode.TakingOver
        or WaitCode.AwaitingBrowser or WaitCode.Settle or WaitCode.BackOff or WaitCode.BrowserId or WaitCode.Turn);
}
