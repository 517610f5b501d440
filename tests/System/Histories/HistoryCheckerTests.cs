namespace GuestSessions.SystemTests.Histories;

/// <summary>The checker itself: what is planted has to be found, and called by its name.</summary>
public sealed class HistoryCheckerTests
{
    /// <summary>Three events of one guest; the second was in flight at a kill and was sent twice.</summary>
    private static readonly History Sound = new()
    {
        Recordings =
        [
            Accepted("a", 1, invoked: 1, ended: 2),
            Accepted("b", 2, invoked: 4, ended: 5) with { EventStatus = EventStatus.Unknown, Sequence = null },
            Accepted("b", 2, invoked: 6, ended: 7) with { EventStatus = EventStatus.Duplicate },
            Accepted("c", 3, invoked: 8, ended: 9),
            new Recording("g", "b", "/g/b/other", Invoked: 10, Ended: 11, EventStatus.Rejected),
        ],
        Sightings = [new Sighting("g", Invoked: 3, Ended: 12, LastSequence: 1)],
        Timelines = Timeline(Delivered("a", 1), InDoubt("b", 2), Delivered("c", 3)),
        Arrivals = Arrived("/g/a", "/g/b", "/g/b", "/g/c"),
        InFlightAtFaults = 1,
    };

    [Fact]
    public void A_sound_history_violates_nothing() => FindsNothing(Sound);

    [Fact]
    public void An_acknowledged_event_that_is_not_stored_is_a_loss() => Finds("I1", Sound with
    {
        Timelines = Timeline(Delivered("a", 1), InDoubt("b", 2)),
        Arrivals = Arrived("/g/a", "/g/b", "/g/b"),
    });

    [Fact]
    public void An_event_called_delivered_that_never_arrived_is_a_loss() => Finds("I1", Sound with
    {
        Arrivals = Arrived("/g/a", "/g/b", "/g/b"),
    });

    [Fact]
    public void A_redriven_event_may_come_late_and_again_after_it_was_refused() => FindsNothing(Sound with
    {
        Timelines = Timeline(
            Delivered("a", 1) with { Redriven = true, Attempts = 2 }, InDoubt("b", 2), Delivered("c", 3)),
        Arrivals = [new UpstreamArrival("/g/a", 400), .. Arrived("/g/b", "/g/b", "/g/c", "/g/a")],
    });

    [Fact]
    public void A_redriven_event_that_arrived_twice_is_a_duplicate() => Finds("I3", Sound with
    {
        Timelines = Timeline(
            Delivered("a", 1) with { Redriven = true, Attempts = 2 }, InDoubt("b", 2), Delivered("c", 3)),
        Arrivals = Arrived("/g/a", "/g/b", "/g/b", "/g/c", "/g/a"),
        InFlightAtFaults = 2,
    });

    [Fact]
    public void An_event_that_is_left_sending_is_a_loss() => Finds("I1", Sound with
    {
        Timelines = Timeline(
            Delivered("a", 1), InDoubt("b", 2), Delivered("c", 3) with { State = "sending" }),
    });

    [Fact]
    public void An_event_called_superseded_that_arrived_is_found() => Finds("I1", Sound with
    {
        Timelines = Timeline(
            Delivered("a", 1), InDoubt("b", 2), Delivered("c", 3) with { State = "superseded" }),
    });

    [Fact]
    public void Two_first_arrivals_against_the_sequence_are_a_swap() => Finds("I2", Sound with
    {
        Arrivals = Arrived("/g/a", "/g/c", "/g/b", "/g/b"),
    });

    [Fact]
    public void A_second_arrival_after_a_later_event_is_no_swap() => FindsNothing(Sound with
    {
        Arrivals = Arrived("/g/a", "/g/b", "/g/c", "/g/b"),
    });

    [Fact]
    public void A_duplicate_that_is_not_marked_is_found() => Finds("I3", Sound with
    {
        Timelines = Timeline(
            Delivered("a", 1), InDoubt("b", 2) with { PossiblyDuplicate = false }, Delivered("c", 3)),
    });

    [Fact]
    public void More_duplicates_than_requests_in_flight_are_found() => Finds("I3", Sound with
    {
        InFlightAtFaults = 0,
    });

    [Fact]
    public void An_arrival_without_a_durable_start_is_found() => Finds("I3", Sound with
    {
        Timelines = Timeline(Delivered("a", 1), InDoubt("b", 2) with { Attempts = 1 }, Delivered("c", 3)),
    });

    [Fact]
    public void An_arrival_the_upstream_turned_away_is_no_duplicate() => FindsNothing(Sound with
    {
        Arrivals = [new UpstreamArrival("/g/a", Status: 429), .. Sound.Arrivals],
    });

    [Fact]
    public void A_gap_in_the_sequence_is_found() => Finds("I4", Sound with
    {
        Recordings = [.. Sound.Recordings.Where(static call => call.EventId != "b")],
        Timelines = Timeline(Delivered("a", 1), Delivered("c", 3)),
        Arrivals = Arrived("/g/a", "/g/c"),
    });

    [Fact]
    public void A_sequence_below_that_of_an_earlier_event_is_found() => Finds("I4", Sound with
    {
        Recordings = [Accepted("a", 1, invoked: 20, ended: 21), .. Sound.Recordings.Skip(1)],
    });

    [Fact]
    public void Two_sequences_for_one_event_id_are_found() => Finds("I5", Sound with
    {
        Recordings =
        [
            .. Sound.Recordings,
            Accepted("c", 4, invoked: 13, ended: 14) with { EventStatus = EventStatus.Duplicate },
        ],
    });

    [Fact]
    public void One_event_id_stored_twice_is_found() => Finds("I5", Sound with
    {
        Timelines = Timeline(Delivered("a", 1), InDoubt("b", 2), Delivered("c", 3), Delivered("c", 4)),
    });

    [Fact]
    public void One_event_id_accepted_twice_is_found() => Finds("I5", Sound with
    {
        Recordings = [.. Sound.Recordings, Accepted("c", 3, invoked: 13, ended: 14)],
    });

    [Fact]
    public void A_rejected_event_that_arrives_is_found() => Finds("I6", Sound with
    {
        Arrivals = [.. Sound.Arrivals, new UpstreamArrival("/g/b/other")],
    });

    [Fact]
    public void A_stale_read_is_found() => Finds("I7", Sound with
    {
        Sightings = [new Sighting("g", Invoked: 8, Ended: 12, LastSequence: 1)],
    });

    private static void Finds(string invariant, History history)
    {
        var found = HistoryChecker.Check(history).Select(static violation => violation.Invariant);
        Assert.Equal([invariant], found.Distinct());
    }

    private static void FindsNothing(History history) => Assert.Empty(HistoryChecker.Check(history));

    private static Recording Accepted(string eventId, long sequence, long invoked, long ended) =>
        new("g", eventId, $"/g/{eventId}", invoked, ended, EventStatus.Accepted, sequence);

    private static TimelineEvent Delivered(string eventId, long sequence) =>
        new(sequence, eventId, "delivered");

    private static TimelineEvent InDoubt(string eventId, long sequence) =>
        new(sequence, eventId, "delivered", PossiblyDuplicate: true, Attempts: 2);

    private static Dictionary<string, IReadOnlyList<TimelineEvent>> Timeline(params TimelineEvent[] events) =>
        new() { ["g"] = events };

    private static UpstreamArrival[] Arrived(params string[] marks) =>
        [.. marks.Select(static mark => new UpstreamArrival(mark))];
}
