using System.Collections.Immutable;

namespace GuestSessions.Emulator.Sessions;

/// <summary>Divides kept events into sessions, in the order of arrival.</summary>
public sealed class SessionBook
{
    /// <summary>The number of events that the upstream shows.</summary>
    internal const int EventsShown = 100;

    private readonly Lock _gate;
    private readonly LinkedList<Session> _sessions = [];
    private readonly Dictionary<(string, string), LinkedListNode<Session>> _latest = [];
    private readonly Dictionary<string, List<LinkedListNode<Session>>> _byBrowser = [];
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private long _last;

    internal SessionBook(EmulatorSettings settings, TimeProvider time, Lock gate)
    {
        _time = time;
        _gate = gate;
        _capacity = settings.SessionsKept;
    }

    /// <summary>The sessions of a browser id, or of all; oldest first.</summary>
    public IReadOnlyList<Session> Of(string? browserId)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            if (browserId is null)
                return [.. _sessions.Select(session => session.At(now))];
            return _byBrowser.TryGetValue(browserId.ToLowerInvariant(), out var nodes)
                ? [.. nodes.Select(node => node.Value.At(now))]
                : [];
        }
    }

    /// <summary>The last sessions of a browser id, or of all; newest first.</summary>
    internal IReadOnlyList<Session> Latest(string? browserId, int count)
    {
        if (browserId is not null)
            return [.. Of(browserId).Reverse().Take(count)];
        var now = _time.GetUtcNow();
        var found = new List<Session>(count);
        lock (_gate)
        {
            for (var node = _sessions.Last; node is not null && found.Count < count; node = node.Previous)
                found.Add(node.Value.At(now));
        }

        return found;
    }

    /// <summary>The open session; null when there is none.</summary>
    internal Session? Open(string browserId, string channel)
    {
        lock (_gate)
        {
            return _latest.TryGetValue(KeyOf(browserId, channel), out var node)
                && _time.GetUtcNow() < node.Value.EndsAt ? node.Value : null;
        }
    }

    /// <summary>Adds an event to the open session, or opens one.</summary>
    /// <param name="change">Changes the session beyond counting the event.</param>
    internal void Add(
        long arrival, EventMessage message, PointOfSale pos, Func<Session, Session>? change = null)
    {
        var now = _time.GetUtcNow();
        var key = KeyOf(message.BrowserId!, message.Channel ?? "");
        lock (_gate)
        {
            if (!_latest.TryGetValue(key, out var node) || node.Value.EndsAt <= now)
                node = Begin(key, message, now);
            var extended = Extend(node.Value, arrival, message, pos, now);
            node.Value = change?.Invoke(extended) ?? extended;
        }
    }

    /// <summary>Closes the open session, if there is one.</summary>
    internal bool Close(string browserId, string channel)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            if (!_latest.TryGetValue(KeyOf(browserId, channel), out var node) || node.Value.EndsAt <= now)
                return false;
            node.Value = node.Value with { EndsAt = now };
            return true;
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _sessions.Clear();
            _latest.Clear();
            _byBrowser.Clear();
        }
    }

    private static (string, string) KeyOf(string browserId, string channel) =>
        (browserId.ToLowerInvariant(), channel);

    private LinkedListNode<Session> Begin(
        (string BrowserId, string Channel) key, EventMessage first, DateTimeOffset now)
    {
        var node = _latest[key] = _sessions.AddLast(new Session
        {
            Number = ++_last,
            BrowserId = key.BrowserId,
            Channel = key.Channel,
            Pos = "",
            StartedAt = now,
            LastEventAt = now,
            EndsAt = now,
            FirstPage = first.Page,
            Events = ImmutableList<long>.Empty,
            Counts = ImmutableSortedDictionary<string, int>.Empty,
        });
        if (!_byBrowser.TryGetValue(key.BrowserId, out var nodes))
            _byBrowser.Add(key.BrowserId, nodes = []);
        nodes.Add(node);
        if (_sessions.Count > _capacity)
            DropOldest();
        return node;
    }

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
            Language = message.Json.TextOf("language") ?? session.Language,
            Currency = message.Json.TextOf("currency") ?? session.Currency,
            Events = (events.Count < EventsShown ? events : events.RemoveAt(0)).Add(arrival),
            Counts = counts.SetItem(message.Type!, counts.GetValueOrDefault(message.Type!) + 1),
        };
    }

    private void DropOldest()
    {
        var oldest = _sessions.First!;
        _sessions.RemoveFirst();
        var key = (oldest.Value.BrowserId, oldest.Value.Channel);
        if (_latest.TryGetValue(key, out var latest) && latest == oldest)
            _latest.Remove(key);
        var nodes = _byBrowser[oldest.Value.BrowserId];
        nodes.Remove(oldest);
        if (nodes.Count == 0)
            _byBrowser.Remove(oldest.Value.BrowserId);
    }
}
