using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Simulation.Tests.Erasures;

/// <summary>E1 to E5 of docs/reliability.md: what is true of a guest that was erased, whatever happened meanwhile.</summary>
internal static class SubjectCheck
{
    /// <summary>A start is valid for 3 s; the rest is the way to the upstream.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(4);

    public static void Check(World world, GuestSessions.Storage.Journal journal)
    {
        if (world.Subject is not { } subject)
            return;
        CheckAnswers(world, subject);
        CheckUpstream(world, subject);
        foreach (var key in (GuestKey[])[subject.Key, subject.BrowserKey])
            CheckStore(world, subject, journal, key);
        CheckLists(world, subject);
        if (subject.LiftedAt is not null)
            CheckAnew(world, subject, journal);
    }

    /// <summary>E1: once the tombstone is known to be durable, no event is accepted until it is taken away.</summary>
    private static void CheckAnswers(World world, SimulatedSubject subject)
    {
        Require(world, subject.Record.Erasure!.Certificate.Guests == 1, "E1: the guest was not erased.");
        foreach (var answer in subject.Answers.Where(answer => answer.Asked >= subject.ErasedAt && !IsAnew(subject, answer.EventId)))
        {
            // Its own browser has a tombstone a moment later. An activation that is out of date may know an event of before.
            var isLate = answer.EventId.Contains("late", StringComparison.Ordinal);
            Require(world, answer.IsErased || (!isLate && answer.Asked < subject.EndedAt),
                $"E1: {answer.EventId} was answered {answer.Result.Status} {answer.Result.Code} after the erasure.");
        }

        Require(world, subject.Answers.Count(static answer => answer.EventId.Contains("late", StringComparison.Ordinal)) == 3,
            "E1: late events were not tried.");
    }

    /// <summary>E2: what had not left by then is never sent.</summary>
    private static void CheckUpstream(World world, SimulatedSubject subject)
    {
        foreach (var arrival in world.Upstream.Arrivals.Where(arrival =>
            SimulatedSubject.Sent(arrival.EventId) && !IsAnew(subject, arrival.EventId)))
            Require(world, (arrival.At <= subject.EndedAt + OnItsWay && !arrival.EventId.Contains("late", StringComparison.Ordinal))
                || (arrival.At >= subject.LiftedAt && world.HadTwoOwners),
                $"E2: {arrival.EventId} arrived at {arrival.At:mm:ss.fff}, and the erasure ended at {subject.EndedAt:mm:ss.fff}.");
    }

    /// <summary>E3: no commit and no snapshot of before is left.</summary>
    private static void CheckStore(World world, SimulatedSubject subject, GuestSessions.Storage.Journal journal, GuestKey key)
    {
        var commits = Read(world, async () =>
        {
            List<JournalCommit> found = [];
            await foreach (var commit in journal.ReadAsync(key, 0, CancellationToken.None))
                found.Add(commit);
            return found;
        });
        var stored = Read(world, () => journal.LoadAsync(key, CancellationToken.None));
        Require(world, subject.LiftedAt is not null || stored.IsErased, $"E3: {key.HashText} has no tombstone.");
        Require(world, subject.LiftedAt is not null || commits.Count == 0, $"E3: {commits.Count} commits of {key.HashText} are left.");
        Require(world, commits.SelectMany(static commit => commit.Events).OfType<EventRecorded>()
            .All(recorded => IsAnew(subject, recorded.EventId) || world.HadTwoOwners), $"E3: an event of {key.HashText} is left.");
        Require(world, commits.TrueForAll(commit => commit.Version > stored.Floor), $"E3: a commit of {key.HashText} is left.");
        Require(world, subject.LiftedAt is not null || stored.Snapshot is null, $"E3: a snapshot of {key.HashText} is left.");
    }

    /// <summary>E4: nobody finds the guest, and no list and no text of the audit has it.</summary>
    private static void CheckLists(World world, SimulatedSubject subject)
    {
        if (subject.LiftedAt is not null)
            return; // Acts that came after it are in the audit, and the guest is found again.
        var audit = Read(world, () => world.Store.Lists.ReadAuditAsync(
            new AuditQuery(World.Tenant, null, subject.Key, null, 500), CancellationToken.None));
        Require(world, audit.All(act => act.Act.Kind is ActNames.GuestErased or ActNames.ErasureLifted || act.Act.Act.Reason is null),
            "E4: the audit has a reason of an act on the guest.");
        var found = Read(world, () => world.Store.FindAsync(
            world.Keyring.HashOf(World.Tenant, SearchTerm.BrowserId(SimulatedSubject.BrowserId)), null, 10, CancellationToken.None));
        Require(world, found.Count == 0, "E4: the guest is found by its browser.");
        var owner = Read(world, () => world.Store.Owners.ReadAsync(
            world.Keyring.HashOf(World.Tenant, SearchTerm.BrowserId(SimulatedSubject.BrowserId)), CancellationToken.None));
        Require(world, owner is null or { Name: "" }, "E4: the owner of the browser has a name.");
        Require(world, !world.Store.ReadPendingAsync(null, 100, CancellationToken.None).Result.Contains(subject.Key), "E4: the guest waits.");
    }

    /// <summary>
    /// E5: a guest whose tombstone was taken away has what came after it, from the first sequence, and nothing of before. A
    /// process that was stopped may carry out a call that its caller gave up long ago: such an event comes after it, too.
    /// </summary>
    private static void CheckAnew(World world, SimulatedSubject subject, GuestSessions.Storage.Journal journal)
    {
        var book = Read(world, async () =>
        {
            var read = new ReceiptBook();
            await foreach (var commit in journal.ReadAsync(subject.Key, 0, CancellationToken.None))
            {
                foreach (var @event in commit.Events)
                    read.Apply(@event);
            }

            return read;
        });
        var ids = book.Receipts.Select(static receipt => receipt.Event.EventId).ToList();
        var expected = subject.Anew.Select(static id => $"{SimulatedSubject.Guest}-{id}").ToList();
        Require(world, ids.Where(id => IsAnew(subject, id)).SequenceEqual(expected) && (ids.Count == 2 || world.HadTwoOwners),
            $"E5: the guest has {string.Join(", ", ids)} after it was lifted.");
        Require(world, book.Receipts.Select(static receipt => receipt.Event.Sequence)
            .SequenceEqual(Enumerable.Range(1, ids.Count).Select(static number => (long)number)),
            "E5: the sequence of the lifted guest does not begin anew.");
    }

    private static bool IsAnew(SimulatedSubject subject, string eventId) =>
        subject.Anew.Any(id => eventId == $"{SimulatedSubject.Guest}-{id}");

    private static T Read<T>(World world, Func<Task<T>> read)
    {
        var reading = read();
        for (var i = 0; i < 1_000 && !reading.IsCompleted; i++)
        {
            world.Scheduler.RunAll();
            world.Time.Advance(TimeSpan.FromMilliseconds(20));
        }

        return reading.GetAwaiter().GetResult();
    }

    private static void Require(World world, bool holds, string violation) => HistoryCheck.Require(world, holds, violation);
}
