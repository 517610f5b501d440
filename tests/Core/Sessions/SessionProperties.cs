using CsCheck;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>What holds for every session, whatever was done to it.</summary>
public sealed class SessionProperties
{
    private static readonly SessionLimits Small = new()
    {
        UndeliveredEvents = 8,
        SetAsideEvents = 3,
        DedupIds = 6,
        DedupAge = TimeSpan.FromHours(1),
        Identifiers = 3,
        Sessions = 3,
        CountedTypes = 2,
    };

    private static readonly string[] Types = ["VIEW", "ADD", "CHECKOUT", "ORDER_CHECKOUT", "IDENTITY"];

    /// <summary>One thing that happens to a session; numbers choose the details.</summary>
    private static readonly Gen<(int Kind, int A, int B, double Chance)[]> Lives =
        Gen.Select(Gen.Int[0, 16], Gen.Int[0, 15], Gen.Int[0, 5000], Gen.Double[0, 1]).Array[1, 60];

    private static Given Live((int Kind, int A, int B, double Chance)[] life, bool settling)
    {
        var given = new Given(Small);
        if (settling)
            given.Settle = TimeSpan.FromSeconds(2);
        given.OnRefusal = type => type == "ADD" ? RefusalPolicy.Wait : RefusalPolicy.Skip;
        foreach (var (kind, a, b, chance) in life)
            Step(given, kind, a, b, chance);
        return given;
    }

    private static void Step(Given given, int kind, int a, int b, double chance)
    {
        switch (kind)
        {
            case <= 3:
                var type = Types[b % Types.Length];
                given.Record($"e{a}", type, $$"""{"type":"{{type}}","v":{{b % 3}}}""",
                    occurredAt: given.Now - TimeSpan.FromMilliseconds(b), channel: b % 2 == 0 ? "WEB" : "SMS",
                    identifiers: type == "IDENTITY" ? [new Identifier("CRM", $"{b % 4}")] : []);
                break;
            case 4:
                given.WithBrowserId();
                break;
            case 5 or 6:
                given.Do(Decider.Start(given.Session, given.Now));
                break;
            case 7 or 8 when given.Session.Open is not null:
                given.End((AttemptOutcome)(b % 6), chance: chance);
                break;
            case 9 when given.Session.Open is { } open:
                given.Do(Decider.TakeOver(given.Session, given.Now, TimeSpan.FromSeconds(15)));
                given.Now += TimeSpan.FromSeconds(15);
                given.Do(Decider.Abandon(given.Session, given.Session.Open!, given.Policy, given.Now, chance));
                given.End(open.Sequence, open.Attempt, (AttemptOutcome)(b % 6), chance: chance);
                break;
            case 10:
                given.Do(Decider.Flush(given.Session, given.Act()));
                break;
            case 11:
                Act(given, a, b);
                break;
            case 12:
                given.Do(Decider.Expire(given.Session, given.Now, TimeSpan.FromMilliseconds(b * 100.0)));
                break;
            case 13:
                Repeat(given, $"op{a % GuestSession.MostReplays}", b);
                break;
            default:
                given.Now += TimeSpan.FromMilliseconds(b * 400.0);
                break;
        }
    }

    private static void Act(Given given, int a, int b)
    {
        var act = new PersonAct("key", given.Now, "because");
        var sequence = given.Session.SetAside.Events.Select(aside => aside.Event.Sequence).ElementAtOrDefault(b % 3);
        var kinds = new Action[]
        {
            () => given.Redrive(sequence, edit: b % 2 == 0 ? """{"type":"VIEW","edited":true}""" : null),
            () => given.Do(Decider.Discard(given.Session, sequence, act)),
            () => given.Do(Decider.Resolve(given.Session, sequence, b % 2 == 0, act)),
            () => given.Do(Decider.Pause(given.Session, act)),
            () => given.Do(Decider.Resume(given.Session, act)),
        };
        kinds[a % kinds.Length]();
    }

    private static void Repeat(Given given, string operation, int b)
    {
        if (b % 3 == 0)
            given.Begin(operation);
        var delivered = given.History.OfType<EventDelivered>().Select(delivered => delivered.Sequence).ToHashSet();
        foreach (var recorded in given.History.OfType<EventRecorded>()
            .Where(recorded => recorded.Replay is null && delivered.Contains(recorded.Sequence)).ToList())
            given.Replay(recorded, operation, mark: b % 2 == 0);
    }

    [Fact]
    public void Replay_equals_live() =>
        Gen.Select(Lives, Gen.Bool).Sample((life, settling) =>
        {
            var given = Live(life, settling);
            if (given.Session.Guest is not null)
                Assert.Equal(Given.Text(given.Session.ToSnapshot()), Given.Text(given.Replay().ToSnapshot()));
        });

    [Fact]
    public void A_snapshot_equals_replay_and_goes_on_alike() =>
        Gen.Select(Lives, Lives, Gen.Bool).Sample((before, after, settling) =>
        {
            var given = Live(before, settling);
            if (given.Session.Guest is null)
                return;
            var restored = GuestSession.Restore(given.Session.ToSnapshot(), Small);
            var known = given.History.Count;
            foreach (var (kind, a, b, chance) in after)
                Step(given, kind, a, b, chance);
            foreach (var @event in given.History.Skip(known))
                restored.Apply(@event);

            Assert.Equal(Given.Text(given.Session.ToSnapshot()), Given.Text(restored.ToSnapshot()));
        });

    [Fact]
    public void Whatever_the_state_an_event_accepted_now_is_a_duplicate_now() =>
        Gen.Select(Lives, Gen.Bool).Sample((life, settling) =>
        {
            var given = Live(life, settling);
            if (given.Record("fresh").Decision != RecordDecision.Accepted)
                return;

            Assert.Empty(given.Deciding("fresh").Events);
        });

    [Fact]
    public void Sequences_are_given_once_and_without_gaps() =>
        Gen.Select(Lives, Gen.Bool).Sample((life, settling) =>
        {
            var sequences = Live(life, settling).History.OfType<EventRecorded>().Select(recorded => recorded.Sequence);

            Assert.Equal(sequences.Order(), sequences);
            Assert.Equal(sequences.Count(), sequences.LastOrDefault());
        });

    [Fact]
    public void What_waits_is_in_order_and_nothing_precedes_what_was_sent() =>
        Gen.Select(Lives, Gen.Bool).Sample((life, settling) =>
        {
            var line = Live(life, settling).Session.Line.Entries;
            var waiting = line.SkipWhile(entry => entry.KeepsItsPlace).ToList();

            Assert.InRange(line.Count(entry => entry.Attempts > 0 && entry.RedrivenAt is null), 0, 1);
            Assert.DoesNotContain(waiting, entry => entry.KeepsItsPlace);
            Assert.Equal(
                waiting.OrderBy(entry => entry.Event.OrderAt).ThenBy(entry => entry.Event.Sequence), waiting);
        });

    [Fact]
    public void First_sends_follow_the_order_time_except_for_events_marked_late() =>
        Gen.Select(Lives, Gen.Bool).Sample((life, settling) =>
        {
            var given = Live(life, settling);
            var recorded = given.History.OfType<EventRecorded>().ToDictionary(recorded => recorded.Sequence);
            var sent = given.History.OfType<DeliveryStarted>().Where(started => started.Attempt == 1)
                .Select(started => recorded[started.Sequence]).ToList();

            var latest = DateTimeOffset.MinValue;
            var redriven = given.History.OfType<EventRedriven>().Select(redriven => redriven.Sequence).ToHashSet();
            foreach (var @event in sent.Where(@event => @event.Replay is null && !redriven.Contains(@event.Sequence)))
            {
                Assert.True(@event.Late || @event.OrderAt >= latest);
                latest = @event.OrderAt > latest ? @event.OrderAt : latest;
            }
        });

    [Fact]
    public void No_replay_sends_an_event_twice_nor_takes_the_capacity_of_new_ones() =>
        Gen.Select(Lives, Gen.Bool).Sample((life, settling) =>
        {
            var given = Live(life, settling);
            var replayed = given.History.OfType<EventRecorded>().Where(recorded => recorded.Replay is not null).ToList();

            Assert.Equal(replayed.Count, replayed.DistinctBy(recorded => recorded.Replay).Count());
            Assert.InRange(
                given.Session.Line.Entries.Count(entry => entry.Event.Replay is not null && entry.RedrivenAt is null),
                0, Small.UndeliveredEvents / 2);
        });

    [Fact]
    public void Every_accepted_event_is_waiting_delivered_set_aside_or_superseded_exactly_once() =>
        Gen.Select(Lives, Gen.Bool).Sample((life, settling) =>
        {
            var given = Live(life, settling);
            var session = given.Session;

            Assert.Equal(
                session.LastSequence,
                session.Line.Count + session.SetAside.Count + session.DeliveredCount + session.DiscardedCount
                + given.History.OfType<EventSuperseded>().Count());
            Assert.Equal(session.Line.Entries.Sum(entry => entry.Event.Size), session.Line.Bytes);
            Assert.Equal(session.SetAside.Events.Sum(aside => aside.Event.Size), session.SetAside.Bytes);
            Assert.Equal(session.SetAside.Events.Count(aside => aside.InDoubt), session.SetAside.InDoubtCount);
            Assert.Equal(session.SetAside.Events.Count(aside => aside.BlocksLine), session.SetAside.BlockingCount);
            Assert.InRange(session.Line.Count, 0, Small.UndeliveredEvents);
            Assert.InRange(session.SetAside.Count, 0, Small.SetAsideEvents);
        });
}
