using System.Collections.Immutable;

namespace GuestSessions.Emulator.Sessions;

/// <summary>Cuts kept events into sessions, in the order in which they arrived.</summary>
public sealed class SessionBook
{
    private const int EventsShown = 100;

    private readonly Lock _gate = new();
    private readonly LinkedList<Session> _sessions = [];
    private readonly Dictionary<(string, string), LinkedListNode<Session>> _latest = [];
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private long _last;

    internal SessionBook(EmulatorSettings settings, TimeProvider time)
    {
        _time = time;
        _capacity = settings.SessionsKept;
    }

    /// <summary>The sessions of a browser id, or of all; oldest first.</summary>
    public IReadOnlyList<Session> Of(string? browserId)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            return [.. _sessions
                .Where(s => browserId is null
                    || s.BrowserId.Equals(browserId, StringComparison.OrdinalIgnoreCase))
                .Select(s => s with { State = now < s.EndsAt ? SessionState.Open : SessionState.Closed })];
        }
    }

    internal void Add(long arrival, EventMessage message, PointOfSale pos)
    {
        var now = _time.GetUtcNow();
        var key = (message.BrowserId!.ToLowerInvariant(), message.Channel ?? "");
        lock (_gate)
        {
            if (!_latest.TryGetValue(key, out var node) || node.Value.EndsAt <= now)
            {
                if (message.Type == EventMessage.ForceClose)
                    return;
                node = _latest[key] = _sessions.AddLast(Begin(key, message, now));
                DropOldest();
            }

            node.Value = message.Type == EventMessage.ForceClose
                ? node.Value with { EndsAt = now }
                : Extend(node.Value, arrival, message, pos, now);
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _sessions.Clear();
            _latest.Clear();
        }
    }

    private Session Begin((string BrowserId, string Channel) of, EventMessage first, DateTimeOffset now) => new()
    {
        Number = ++_last,
        BrowserId = of.BrowserId,
        Channel = of.Channel,
        Pos = first.Pos!,
        StartedAt = now,
        LastEventAt = now,
        EndsAt = now,
        FirstPage = first.Page,
        Events = ImmutableList<long>.Empty,
        Counts = ImmutableSortedDictionary<string, int>.Empty,
    };

    private static Session Extend(
        Session session, long arrival, EventMessage message, PointOfSale pos, DateTimeOffset now)
    {
        var events = (ImmutableList<long>)session.Events;
        var counts = (ImmutableSortedDictionary<string, int>)session.Counts;
        return session with
        {
            Pos = pos.Name,
            LastEventAt = now,
            EndsAt = now + pos.SessionTimeout,
            LastPage = message.Page ?? session.LastPage,
            Events = events.Count < EventsShown ? events.Add(arrival) : events,
            Counts = counts.SetItem(message.Type!, counts.GetValueOrDefault(message.Type!) + 1),
        };
    }

    private void DropOldest()
    {
        if (_sessions.Count <= _capacity)
            return;
        var oldest = _sessions.First!;
        _sessions.RemoveFirst();
        var key = (oldest.Value.BrowserId, oldest.Value.Channel);
        if (_latest.TryGetValue(key, out var latest) && latest == oldest)
            _latest.Remove(key);
    }
}
