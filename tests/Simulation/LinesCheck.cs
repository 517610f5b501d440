using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Simulation.Tests.Erasures;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// What holds for a browser over all lines that ever owned it, read from nothing but the journals and what arrived:
/// every event is in one line, the browser's arrivals, redriven and replayed ones aside, follow the order in which its lines
/// took them, and what came before anyone named it is read with somebody who was named.
/// </summary>
internal sealed class LinesCheck(World world)
{
    private readonly Dictionary<string, (string Line, EventRecorded Event)> _events = [];
    private readonly Dictionary<(string Line, string BrowserId), List<(long Generation, long AfterSequence)>> _links = [];
    private readonly HashSet<(string Line, long Sequence)> _redriven = [];
    private readonly HashSet<string> _shown = [];
    private readonly SortedDictionary<(string BrowserId, long Generation), string> _owners = [];

    /// <summary>Reads one line's history.</summary>
    public void Read(string line, IEnumerable<SessionEvent> history)
    {
        var sequence = 0L;
        foreach (var @event in history)
        {
            if (@event is EventRecorded recorded)
            {
                HistoryCheck.Require(world, _events.TryAdd(recorded.EventId, (line, recorded)),
                    $"{recorded.EventId} was taken by {line} and by {_events[recorded.EventId].Line}.");
                sequence = recorded.Sequence;
            }
            else if (@event is EventRedriven redriven)
            {
                _redriven.Add((line, redriven.Sequence));
            }
            else if (@event is BrowserLinked linked)
            {
                if (!_links.TryGetValue((line, linked.BrowserId), out var links))
                    _links.Add((line, linked.BrowserId), links = []);
                links.Add((linked.Generation, sequence));
                if (linked.Line is { } shown)
                    _shown.Add(shown);
                HistoryCheck.Require(world,
                    _owners.TryAdd((linked.BrowserId, linked.Generation), line)
                        || _owners[(linked.BrowserId, linked.Generation)] == line,
                    $"{linked.BrowserId} had two owners in generation {linked.Generation}.");
            }
        }
    }

    public void Check()
    {
        foreach (var browser in world.Browsers.Where(browser => !IsErased(browser.BrowserId)))
        {
            foreach (var (eventId, guest, result) in browser.Answers)
            {
                HistoryCheck.Require(world,
                    _events.TryGetValue(eventId, out var taken) && taken.Line == guest
                        && taken.Event.Sequence == result.Sequence,
                    $"I1: {eventId} was acknowledged by {guest} and is not there.");
            }
        }

        foreach (var browserId in world.BrowserIds.Where(browserId => !IsErased(browserId)))
        {
            var own = BrowserGuests.Of(browserId);
            var owners = _owners.Where(owner => owner.Key.BrowserId == browserId).Select(static owner => owner.Value).ToList();
            HistoryCheck.Require(world, owners is [] || owners[0] != own || owners.TrueForAll(line => line == own)
                || _shown.Contains(own), $"Nobody shows what {browserId} did before it had a name.");
        }

        foreach (var arrivals in world.Upstream.Arrivals
            .Where(static arrival => !arrival.IsReplay && !SimulatedSubject.Sent(arrival.EventId)) // Its journal is erased.
            .DistinctBy(static arrival => arrival.EventId)
            .GroupBy(static arrival => arrival.BrowserId)
            .Where(arrivals => !IsErased(arrivals.Key)))
            CheckOrder(arrivals.Key, [.. arrivals.Select(static arrival => arrival.EventId)]);
    }

    /// <summary>The upstream may give a guest a browser that others name, too; when that guest is erased, the browser is.</summary>
    private bool IsErased(string browserId) => world.Subject?.Browsers.Contains(browserId) == true;

    private void CheckOrder(string browserId, IReadOnlyList<string> arrived)
    {
        var turns = Turns(browserId);
        var places = arrived.Select(eventId => _events[eventId])
            .Where(taken => !_redriven.Contains((taken.Line, taken.Event.Sequence)))
            .Select(taken => (
                Generation: GenerationOf(taken.Line, browserId, taken.Event.Sequence), taken.Event.Sequence))
            .Select(place => world.Settle > TimeSpan.Zero
                ? (turns[place.Generation], 0L)
                : (place.Generation, place.Sequence))
            .ToList();
        HistoryCheck.Require(world, places.SequenceEqual(places.Order()),
            $"{browserId} arrived as {string.Join(", ", arrived)} in places {string.Join(", ", places)}.");
    }

    /// <summary>With settle a line orders its own by time, so that only the turns of different lines follow each other.</summary>
    private Dictionary<long, long> Turns(string browserId)
    {
        var turns = new Dictionary<long, long>();
        string? last = null;
        var turn = 0L;
        foreach (var ((_, generation), line) in _owners.Where(owner => owner.Key.BrowserId == browserId))
        {
            turn += line == last ? 0 : 1;
            last = line;
            turns.Add(generation, turn);
        }

        return turns;
    }

    // What came before a guest had a browser id of its own travels under the first it got.
    private long GenerationOf(string line, string browserId, long sequence)
    {
        var links = _links.GetValueOrDefault((line, browserId), []);
        HistoryCheck.Require(world, links.Count > 0, $"{line} sent under {browserId}, which it never owned.");
        var before = links.Where(link => link.AfterSequence < sequence).ToList();
        return before.Count > 0 ? before[^1].Generation : links[0].Generation;
    }
}
