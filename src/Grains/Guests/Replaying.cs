using System.Diagnostics;
using GuestSessions.Core.Events;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Options;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests.Receipts;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Puts delivered events of one guest into its line again, and previews what that would send. A retry after a lost answer
/// replays nothing twice, because the session stores the progress of each replay.
/// </summary>
internal sealed class Replaying(
    SessionCommitter committer, ReceiptReader receipts, Admission admission, TenantOptions tenant)
{
    /// <summary>Maximum number of events examined in a step.</summary>
    public const int EventsOfStep = 100;

    /// <summary>Number of bytes after which a step ends, because a step is one commit.</summary>
    private const int BytesOfStep = 256 * 1024;

    /// <summary>See <see cref="IGuestGrain.BeginReplayAsync"/>.</summary>
    public Task<long?> BeginAsync(string operation, ReplayRange range, ActMessage act) => committer.EnterAsync(work =>
        work.Do(Decider.BeginReplay(
            work.State, operation, range.First, range.Last, act.At(committer.Clock.GetUtcNow()))));

    /// <summary>See <see cref="IGuestGrain.StepReplayAsync"/>.</summary>
    public async Task<ReplayProgressMade> StepAsync(string operation, ReplayRange range, long from)
    {
        // While ingest is rejected, old events wait: the remaining capacity is for new events and for outcomes.
        if (admission.Refusal is not null)
            return new ReplayProgressMade(from, 0);
        if (!await KnowsAsync(operation) || await receipts.KnownAsync() is not { } known)
            return new ReplayProgressMade(from, 0, IsForgotten: true);

        // Events that retention has deleted cannot be sent again.
        var first = Math.Max(from, Math.Min(range.Last + 1, await receipts.OldestAsync(known)));
        var last = Math.Min(range.Last, first + EventsOfStep - 1);
        var found = await FindAsync(known, range, first, last);

        // An order may have been delivered since the check for orders.
        if (!range.Orders)
            found.RemoveAll(IsOrder);
        return await committer.EnterAsync(work => Step(work, operation, found, last));
    }

    /// <summary>Searches the range for an order.</summary>
    public async Task<bool> HasOrdersAsync(ReplayRange range)
    {
        if ((range.Type is { } type && !Orders.CanBeMadeBy(type)) || await receipts.KnownAsync() is not { } known)
            return false;
        var last = Math.Min(range.Last, known.LastSequence);
        var first = Math.Max(range.First, await receipts.OldestAsync(known));
        foreach (var run in SequenceRun.Rising(first, last, EventsOfStep))
        {
            if ((await FindAsync(known, range, run.First, run.Last)).Any(IsOrder))
                return true;
        }

        return false;
    }

    /// <summary>Returns null when the guest was never seen.</summary>
    public async Task<ReplayPreview?> PreviewAsync(ReplayRange range, int limit)
    {
        if (await receipts.KnownAsync() is not { } known)
            return null;
        var last = Math.Min(range.Last, known.LastSequence);
        var first = Math.Max(range.First, await receipts.OldestAsync(known));
        if (first > last)
            return new ReplayPreview([], null);
        var end = Math.Min(last, first + limit - 1);
        var found = await FindAsync(known, range, first, end);
        return await committer.ReadAsync(state => new ReplayPreview(
            [.. found.Select(receipt => Previewed(state, receipt))], end < last ? end + 1 : null));
    }

    /// <summary>
    /// Whether the session knows the replay. A stale activation of a split cluster breaks instead of answering no.
    /// </summary>
    private async Task<bool> KnowsAsync(string operation)
    {
        if (await committer.ReadAsync(state => state.FindReplay(operation) is not null))
            return true;
        await committer.VerifyAsync(CancellationToken.None);
        return false;
    }

    private ReplayProgressMade Step(SessionWork work, string operation, List<Receipt> found, long last)
    {
        var bytes = 0;
        List<OperationItem> items = [];
        foreach (var receipt in found)
        {
            var sequence = receipt.Event.Sequence;
            if (bytes > BytesOfStep)
                return StepTo(sequence);
            switch (work.Do(Decider.Replay(work.State, ToCommand(receipt, operation))))
            {
                case ReplayDecision.Done:
                    bytes += receipt.Current.Size;
                    items.Add(new OperationItem(
                        work.State.Guest!, sequence, Decider.ReplayedIdOf(operation, sequence), OperationItem.Replayed));
                    break;
                case ReplayDecision.Full or ReplayDecision.Forgotten:
                    return StepTo(sequence);
                case var unknown:
                    throw new UnreachableException($"No step for {unknown}.");
            }
        }

        return StepTo(last + 1);

        ReplayProgressMade StepTo(long next) => work.State.FindReplay(operation) is { } replay
            ? new ReplayProgressMade(next, replay.Count) { Items = items }
            : new ReplayProgressMade(next, 0, IsForgotten: true);
    }

    private async Task<List<Receipt>> FindAsync(KnownEvents known, ReplayRange range, long first, long last) =>
        first > last
            ? []
            : [.. (await receipts.ReadAsync(known, new SequenceRun(first, last))).Where(receipt => IsIn(receipt, range))];

    private static bool IsOrder(Receipt receipt) => Orders.AreMadeBy(receipt.Current);

    private static bool IsIn(Receipt receipt, ReplayRange range) =>
        receipt is { State: EventState.Delivered, Event.Replay: null, IsBlanked: false }
        // A second FORCE_CLOSE would close an unrelated session.
        && receipt.Current.Type != EventTypes.ForceClose
        && (range.From is not { } from || receipt.Event.ReceivedAt >= from)
        && (range.To is not { } to || receipt.Event.ReceivedAt < to)
        && (range.Type is null || receipt.Current.Type == range.Type);

    private ReplayEvent ToCommand(Receipt receipt, string operation) =>
        new(receipt.Current, operation, tenant.Delivery.MarkReplays, committer.Clock.GetUtcNow());

    private PreviewedEvent Previewed(GuestSession state, Receipt receipt)
    {
        var again = Decider.Repeated(receipt.Current, tenant.Delivery.MarkReplays);
        return new PreviewedEvent(
            receipt.Event.Sequence, receipt.Event.EventId, again.Type,
            state.BrowserIdOf(again) is { } browserId
                ? Views.WireBodyOf(again, browserId, tenant.StreamApi)
                : default,
            IsOrder(receipt));
    }
}
