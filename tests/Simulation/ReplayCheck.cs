using GuestSessions.Core.Delivery;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// Whatever crashed meanwhile: a replay puts each event that was delivered before it began into the line once, and nothing
/// that was not delivered; and the upstream sees each once, unless it is marked.
/// </summary>
internal static class ReplayCheck
{
    public static void Check(World world, string guest, List<SessionEvent> history, List<Receipt> receipts)
    {
        foreach (var replay in world.Replays.Where(replay => replay.Guest == guest && replay.Record is not null))
            CheckOne(world, replay, history);
        foreach (var of in receipts.Where(receipt => receipt.Event.Replay is not null)
            .GroupBy(receipt => receipt.Event.Replay!.Of))
            CheckUpstream(world, receipts.Find(receipt => receipt.Event.Sequence == of.Key)!, [.. of]);
    }

    private static void CheckOne(World world, SimulatedReplay replay, List<SessionEvent> history)
    {
        var record = replay.Record!;
        HistoryCheck.Require(world, !record.HasFailed, $"{replay.Operation} failed.");
        var put = history.OfType<EventRecorded>().Where(recorded => recorded.Replay?.Operation == replay.Operation)
            .Select(recorded => recorded.Replay!.Of).ToList();
        var begun = history.FindIndex(@event => @event is ReplayBegun known && known.Operation == replay.Operation);
        var before = history.Take(begun).SelectMany(Delivered).ToHashSet();
        var ever = history.SelectMany(Delivered).ToHashSet();
        var originals = history.OfType<EventRecorded>()
            .Where(recorded => recorded.Replay is null && recorded.Sequence >= record.First && recorded.Sequence <= record.Last)
            .Select(recorded => recorded.Sequence).ToList();

        HistoryCheck.Require(world, put.SequenceEqual(put.Distinct().Order()),
            $"{replay.Operation} put {string.Join(",", put)} into the line.");
        HistoryCheck.Require(world, originals.Where(before.Contains).All(put.Contains),
            $"{replay.Operation} left out an event that was delivered before it began.");
        HistoryCheck.Require(world, put.TrueForAll(of => ever.Contains(of) && originals.Contains(of)),
            $"{replay.Operation} put an event into the line that was not delivered.");
        HistoryCheck.Require(world, record.Replayed == put.Count,
            $"{replay.Operation} says that it replayed {record.Replayed}, not {put.Count}.");
    }

    private static void CheckUpstream(World world, Receipt original, List<Receipt> replays)
    {
        var arrived = world.Upstream.Arrivals.Count(arrival =>
            arrival is { IsReplay: true, Refused: false } && arrival.EventId == original.Event.EventId);

        // An edit replaces the content, and with it what tells the arrival.
        var delivered = replays.Count(static replay => replay is { State: EventState.Delivered, IsResolved: false }
            && replay.Current.Body == replay.Event.Body);
        HistoryCheck.Require(world, arrived >= delivered,
            $"I1: {original.Event.EventId} arrived {arrived} times again, and {delivered} count as delivered.");
        HistoryCheck.Require(world, arrived <= replays.Count || replays.Exists(IsMarked),
            $"I3: {original.Event.EventId} arrived {arrived} times by {replays.Count} replays and is not marked.");
    }

    private static bool IsMarked(Receipt receipt) => receipt.PossiblyDuplicate
        || receipt.State == EventState.InDoubt
        || receipt.Attempts.Any(static attempt => attempt.Result?.Outcome == AttemptOutcome.InDoubt);

    private static IEnumerable<long> Delivered(SessionEvent @event) => @event switch
    {
        EventDelivered delivered => [delivered.Sequence],
        LateOutcomeRecorded { Delivers: true } late => [late.Sequence],
        EventResolved { Delivered: true } resolved => [resolved.Sequence],
        _ => [],
    };
}
