namespace GuestSessions.SystemTests.Histories;

/// <summary>
/// Holds a history to the invariants I1–I7. It knows nothing of how the service works: only what clients were
/// told, what support can read, and what the upstream got.
/// </summary>
internal sealed class HistoryChecker
{
    private readonly History _history;
    private readonly List<Violation> _found = [];
    private readonly Dictionary<(string Guest, string EventId), string> _marks = [];
    private readonly Dictionary<string, (string Guest, TimelineEvent Event)> _byMark = [];
    private readonly Dictionary<string, int> _mayCount;

    private HistoryChecker(History history)
    {
        _history = history;
        // Where an acknowledgement names the content it wins over calls whose outcome nobody knows.
        foreach (var recording in history.Recordings.OrderBy(static recording => recording.IsAcknowledged))
        {
            if (recording.IsAcknowledged || recording.EventStatus == EventStatus.Unknown)
                _marks[(recording.Guest, recording.EventId)] = recording.Mark;
        }

        foreach (var (guest, timeline) in history.Timelines)
        {
            foreach (var @event in timeline)
            {
                if (_marks.TryGetValue((guest, @event.EventId), out var mark))
                    _byMark[mark] = (guest, @event);
            }
        }

        // What was refused and redriven arrives again, and had no effect the first time.
        _mayCount = history.Arrivals
            .Where(arrival => arrival.MayCount && !(arrival.IsRefused && IsRedriven(arrival.Mark)))
            .CountBy(static arrival => arrival.Mark).ToDictionary();
    }

    public static IReadOnlyList<Violation> Check(History history)
    {
        var checker = new HistoryChecker(history);
        checker.NothingIsLost();
        checker.ArrivalsFollowTheSequence();
        checker.DuplicatesAreMarked();
        checker.SequencesHaveNoGap();
        checker.OneEventIdHasOneAnswer();
        checker.WhatWasRejectedNeverArrives();
        checker.ReadsSeeWhatWasAcknowledged();
        return checker._found;
    }

    private IEnumerable<Recording> Acknowledged =>
        _history.Recordings.Where(static recording => recording.IsAcknowledged);

    /// <summary>I1.</summary>
    private void NothingIsLost()
    {
        foreach (var mark in Acknowledged.Select(static recording => recording.Mark).Distinct())
        {
            if (!_byMark.ContainsKey(mark))
                Add("I1", $"{mark} was acknowledged and is not stored");
        }

        var arrived = _history.Arrivals.Select(static arrival => arrival.Mark).ToHashSet();
        foreach (var (mark, (_, @event)) in _byMark)
        {
            if (!@event.IsTerminal)
                Add("I1", $"{mark} ended {@event.State}");
            if (@event is { State: "delivered", Resolved: false } && !arrived.Contains(mark))
                Add("I1", $"{mark} is called delivered and never arrived");
            if (@event.State == "superseded" && arrived.Contains(mark))
                Add("I1", $"{mark} is called superseded before it was sent, and arrived");
        }
    }

    private bool IsRedriven(string mark) => _byMark.TryGetValue(mark, out var known) && known.Event.Redriven;

    /// <summary>I2, redriven events aside. Without settle the delivery order is the order of acceptance.</summary>
    private void ArrivalsFollowTheSequence()
    {
        var last = new Dictionary<string, long>();
        foreach (var mark in _history.Arrivals.Select(static arrival => arrival.Mark).Distinct())
        {
            if (!_byMark.TryGetValue(mark, out var known) || known.Event.Redriven)
                continue;
            if (last.TryGetValue(known.Guest, out var before) && before > known.Event.Sequence)
                Add("I2", $"{mark} (sequence {known.Event.Sequence}) arrived after sequence {before}");
            last[known.Guest] = known.Event.Sequence;
        }
    }

    /// <summary>I3, and that nothing was sent without a durable start.</summary>
    private void DuplicatesAreMarked()
    {
        var duplicates = 0;
        foreach (var (mark, times) in _mayCount)
        {
            if (!_byMark.TryGetValue(mark, out var known))
                continue;
            duplicates += times - 1;
            if (times > 1 && !known.Event.IsInDoubt)
                Add("I3", $"{mark} arrived {times} times and is not marked");
            if (times > known.Event.Attempts)
                Add("I3", $"{mark} arrived {times} times and was started {known.Event.Attempts} times");
        }

        if (duplicates > _history.InFlightAtFaults)
            Add("I3", $"{duplicates} duplicates, {_history.InFlightAtFaults} in flight at the faults");
    }

    /// <summary>I4.</summary>
    private void SequencesHaveNoGap()
    {
        foreach (var (guest, timeline) in _history.Timelines)
        {
            for (var index = 0; index < timeline.Count; index++)
            {
                if (timeline[index].Sequence == index + 1)
                    continue;
                Add("I4", $"{guest} has sequence {timeline[index].Sequence} in place {index + 1}");
                break;
            }
        }

        foreach (var guest in _history.Recordings
            .Where(static recording => recording.EventStatus == EventStatus.Accepted)
            .GroupBy(static recording => recording.Guest))
        {
            var latestInvoked = 0L;
            foreach (var accepted in guest.OrderBy(static recording => recording.Sequence))
            {
                if (accepted.Ended < latestInvoked)
                    Add("I4", $"{accepted.Mark} has a higher sequence than an event that came after it");
                latestInvoked = Math.Max(latestInvoked, accepted.Invoked);
            }
        }
    }

    /// <summary>I5.</summary>
    private void OneEventIdHasOneAnswer()
    {
        foreach (var (guest, timeline) in _history.Timelines)
        {
            foreach (var (eventId, times) in timeline.CountBy(static @event => @event.EventId))
            {
                if (times > 1)
                    Add("I5", $"{guest} has {eventId} {times} times");
            }
        }

        foreach (var calls in Acknowledged.GroupBy(static recording => (recording.Guest, recording.EventId)))
        {
            if (calls.Count(static call => call.EventStatus == EventStatus.Accepted) > 1)
                Add("I5", $"{calls.Key} was accepted more than once");
            if (calls.Select(static call => call.Sequence).Distinct().Count() > 1)
                Add("I5", $"{calls.Key} was answered with several sequences");
            if (_byMark.TryGetValue(calls.First().Mark, out var stored)
                && stored.Event.Sequence != calls.First().Sequence)
                Add("I5", $"{calls.Key} is stored under {stored.Event.Sequence}, not as it was answered");
        }
    }

    /// <summary>I6, and that the upstream gets nothing that nobody sent.</summary>
    private void WhatWasRejectedNeverArrives()
    {
        foreach (var mark in _history.Arrivals.Select(static arrival => arrival.Mark).Distinct())
        {
            if (!_byMark.ContainsKey(mark))
                Add("I6", $"{mark} arrived and is no stored event");
        }
    }

    /// <summary>I7.</summary>
    private void ReadsSeeWhatWasAcknowledged()
    {
        var acknowledged = Acknowledged.ToLookup(static recording => recording.Guest);
        foreach (var read in _history.Sightings)
        {
            var expected = acknowledged[read.Guest]
                .Where(recording => recording.Ended < read.Invoked)
                .Max(static recording => recording.Sequence) ?? 0;
            if (read.LastSequence < expected)
                Add("I7", $"{read.Guest} was read at {read.LastSequence} after {expected} was acknowledged");
        }
    }

    private void Add(string invariant, string detail) => _found.Add(new Violation(invariant, detail));
}

/// <param name="Invariant"><c>I1</c> to <c>I7</c>.</param>
internal sealed record Violation(string Invariant, string Detail);
