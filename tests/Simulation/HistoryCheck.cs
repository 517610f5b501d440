using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests;
using GuestSessions.Simulation.Tests.Erasures;

namespace GuestSessions.Simulation.Tests;

/// <summary>The invariants of docs/reliability.md, asserted over what the clients, the disk and the upstream saw.</summary>
internal static class HistoryCheck
{
    public static void Check(World world)
    {
        Require(world, world.Overruns == 0, $"{world.Overruns} requests were under way beyond the bound.");
        Require(world, world.PermitsOut == 0, $"{world.PermitsOut} permits were never given back.");
        var lines = new LinesCheck(world);
        foreach (var client in world.Clients)
        {
            Require(world, client.Violations.Count == 0, string.Join("; ", client.Violations));
            CheckAnswers(world, client, CheckLine(world, client.Guest, lines));
        }

        foreach (var browserId in world.BrowserIds)
            CheckLine(world, BrowserGuests.Of(browserId), lines);
        lines.Check();
        SubjectCheck.Check(world, new SimulatedProcess(world, world.NewMachine()).Journal);
    }

    private static List<Receipt> CheckLine(World world, string guest, LinesCheck lines)
    {
        var (state, receipts, history, runtime) = Read(world, guest);
        var eras = ErasOf(world, history);
        lines.Read(guest, history);
        if (state.Guest is not null)
            TimelineCheck.Check(world, runtime, guest, receipts);
        if (guest == world.Watcher.Guest && state.Guest is not null)
            world.Watcher.Check(runtime, state.Version, [.. receipts.Select(Views.OfReceipt)]);
        CheckSequences(world, state, receipts);
        CheckUpstream(world, guest, receipts, eras);
        CheckClocks(world, receipts);
        ReplayCheck.Check(world, guest, history, receipts);
        return receipts;
    }

    private static (GuestSession State, List<Receipt> Receipts, List<SessionEvent> History, GuestRuntime Runtime) Read(
        World world, string guest)
    {
        var process = new SimulatedProcess(world, world.NewMachine());
        var key = world.Keyring.KeyOf(World.Tenant, guest);
        var reading = ReadAsync();
        for (var i = 0; i < 1_000 && !reading.IsCompleted; i++)
        {
            world.Scheduler.RunAll();
            world.Time.Advance(TimeSpan.FromMilliseconds(20));
        }

        var (loaded, replayed, book, history, runtime) = reading.GetAwaiter().GetResult();
        Require(world, loaded.Guest is null || Text(loaded.ToSnapshot()) == Text(replayed.ToSnapshot()),
            $"{guest}: what a snapshot restores differs from a replay.");
        return (loaded, [.. book.Receipts], history, runtime);

        // The last act of a person may come in between: then all are read again.
        async Task<(GuestSession, GuestSession, ReceiptBook, List<SessionEvent>, GuestRuntime)> ReadAsync()
        {
            while (true)
            {
                var (replayed, book, history) = await ReplayAsync(world, process.Journal, key);
                var loaded = GuestSession.Of(
                    await process.Journal.LoadAsync(key, CancellationToken.None), world.Limits);
                var runtime = await process.LoadAsync(key);
                if (loaded.Version == replayed.Version
                    && await runtime.ReadAsync(static state => state.Version) == loaded.Version)
                    return (loaded, replayed, book, history, runtime);
                runtime.Dispose();
            }
        }
    }

    private static async Task<(GuestSession State, ReceiptBook Book, List<SessionEvent> History)> ReplayAsync(
        World world, GuestSessions.Storage.Journal journal, GuestKey key)
    {
        var history = new List<SessionEvent>();
        var book = new ReceiptBook();
        var replayed = new GuestSession(world.Limits);
        await foreach (var commit in journal.ReadAsync(key, 0, CancellationToken.None))
        {
            foreach (var @event in commit.Events)
            {
                history.Add(@event);
                book.Apply(@event);
                replayed.Apply(@event);
            }

            replayed.Version = commit.Version;
            replayed.CommittedAt = commit.At;
        }

        return (replayed, book, history);
    }

    /// <summary>I1 stored, I5 one event for one id, I6 no trace of what was refused.</summary>
    private static void CheckAnswers(World world, SimulatedClient client, List<Receipt> receipts)
    {
        var byId = receipts.ToLookup(receipt => receipt.Event.EventId);
        foreach (var answers in client.Answers.GroupBy(answer => answer.EventId))
        {
            // The upstream gave the erased guest a browser that this client names, too.
            if (answers.Any(static answer => answer.Result.Code == EventCodes.GuestErased))
            {
                Require(world, client.BrowserOf(answers.Key) is { } browser && world.Subject?.Browsers.Contains(browser) == true,
                    $"{answers.Key}: neither its guest nor its browser was erased.");
                continue;
            }

            Require(world, answers.All(answer =>
                answer.Result.Status is RecordStatus.Accepted or RecordStatus.Duplicate),
                $"{answers.Key}: nothing here is refused.");
            Require(world, byId[answers.Key].Count() == 1, $"I1/I5: {answers.Key} is stored {byId[answers.Key].Count()} times.");
            Require(world, answers.All(answer => answer.Result.Sequence == byId[answers.Key].Single().Event.Sequence),
                $"I5: {answers.Key} was answered with different sequences.");
            Require(world, answers.Count(answer => answer.Result.Status == RecordStatus.Accepted) <= 1,
                $"I5: {answers.Key} was accepted twice.");
        }
    }

    /// <summary>I1 every event is in a terminal state, I4 no gap, reuse or decrease of sequence.</summary>
    private static void CheckSequences(World world, GuestSession state, List<Receipt> receipts)
    {
        Require(world, state.Line.Count == 0, "I1: something is still undelivered.");
        Require(world, receipts.Select(receipt => receipt.Event.Sequence)
            .SequenceEqual(Enumerable.Range(1, receipts.Count).Select(number => (long)number)), "I4: sequences have gaps.");
        Require(world, receipts.TrueForAll(receipt => receipt.State
            is EventState.Delivered or EventState.Quarantined or EventState.InDoubt or EventState.Discarded
            or EventState.Superseded), "I1: an event is in no final state.");
    }

    /// <summary>I1 the upstream has what is delivered, I2 order of first arrivals (redriven ones aside), I3 duplicates are marked.</summary>
    private static void CheckUpstream(World world, string guest, List<Receipt> receipts, Dictionary<long, int> eras)
    {
        var byId = receipts.Where(static receipt => receipt.Event.Replay is null)
            .ToDictionary(receipt => receipt.Event.EventId);
        var arrivals = world.Upstream.Arrivals
            .Where(arrival => !arrival.IsReplay && byId.ContainsKey(arrival.EventId)).ToList();
        foreach (var receipt in byId.Values.Where(receipt => receipt is { State: EventState.Delivered, IsResolved: false }))
            Require(world, arrivals.Exists(arrival => arrival.EventId == receipt.Event.EventId && !arrival.Refused),
                $"I1: {receipt.Event.EventId} counts as delivered and never arrived.");

        var first = arrivals.DistinctBy(arrival => arrival.EventId)
            .Select(arrival => byId[arrival.EventId])
            .Where(receipt => !receipt.IsRedriven)
            .Select(receipt => receipt.Event).ToList();
        foreach (var (before, after) in first.Zip(first.Skip(1)))
        {
            Require(world, after.Late || eras[before.Sequence] < eras[after.Sequence]
                || (before.OrderAt, before.Sequence).CompareTo((after.OrderAt, after.Sequence)) < 0,
                $"I2: {before.EventId} arrived before {after.EventId}.");
            Require(world, world.Settle > TimeSpan.Zero || before.Sequence < after.Sequence,
                $"I2: {guest} arrived as {string.Join(",", first.Select(static got => got.Sequence))}.");
        }

        // What was refused and redriven may arrive again: it had no effect the first time.
        foreach (var twice in arrivals
            .Where(arrival => !(arrival.Refused && byId[arrival.EventId].IsRedriven))
            .GroupBy(arrival => arrival.EventId).Where(same => same.Count() > 1))
        {
            var receipt = byId[twice.Key];
            Require(world, receipt.PossiblyDuplicate || receipt.State == EventState.InDoubt
                || receipt.Attempts.Any(attempt => attempt.Result?.Outcome == AttemptOutcome.InDoubt),
                $"I3: {twice.Key} arrived {twice.Count()} times and is not marked.");
        }
    }

    /// <summary>
    /// By sequence: how often the order had taken on another time before. It does when nothing is in the line, for one
    /// moment at least, and the clock was set back since the last time: what comes then comes after everything that was in
    /// the line, whatever their times say. Only within an era, which sets forward do not end, there is an order to keep.
    /// </summary>
    private static Dictionary<long, int> ErasOf(World world, List<SessionEvent> history)
    {
        Dictionary<long, int> eras = [];
        var era = 0;
        var setBy = TimeSpan.Zero;
        var session = new GuestSession(world.Limits);
        foreach (var @event in history)
        {
            if (@event is EventRecorded recorded)
                eras[recorded.Sequence] = era;
            if (@event is ClockSet set)
                setBy += set.By;
            session.Apply(@event);

            // What superseded it comes in the same commit and in its place.
            if (session.Line.Count > 0 || @event is EventSuperseded)
                continue;
            if (setBy < TimeSpan.Zero)
                era++;
            setBy = TimeSpan.Zero;
        }

        return eras;
    }

    /// <summary>On one machine no wait is cut short, and nothing is too old, because a clock was set.</summary>
    private static void CheckClocks(World world, List<Receipt> receipts)
    {
        Require(world, world.ClockFaults.Count == 0, string.Join("; ", world.ClockFaults));
        if (!world.HasOneMachine)
            return;
        Require(world, receipts.TrueForAll(static receipt => receipt.Code != EventCodes.TooOld), "An event was too old.");
        foreach (var receipt in receipts.Where(
            static receipt => receipt is { IsRedriven: false, Event: { Replay: null, DueAt: not null } }))
        {
            var id = receipt.Event.EventId;
            var first = world.Upstream.Arrivals.FirstOrDefault(arrival => arrival.EventId == id && !arrival.IsReplay);
            Require(world, first is null || first.At - world.AcceptedAt(id) >= world.Settle - StateClock.Tolerance,
                $"{id} left before its settle time, after {first?.At - world.AcceptedAt(id)}.");
        }
    }

    private static string Text(SessionSnapshot snapshot) => System.Text.Json.JsonSerializer.Serialize(snapshot);

    public static void Require(World world, bool holds, string violation)
    {
        if (!holds)
            throw new HistoryViolation(world.Seed, violation);
    }
}

/// <summary>An invariant broke. The seed replays the run.</summary>
internal sealed class HistoryViolation(int seed, string violation) : Exception($"seed {seed}: {violation}");
