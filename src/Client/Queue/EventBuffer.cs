using System.Diagnostics.CodeAnalysis;

namespace GuestSessions.Client;

/// <summary>
/// Events that wait to be sent, a line for each guest. A guest is in one batch at most, so that its order holds. It sends
/// nothing: the pump asks for batches and brings back their answers. Safe for all threads.
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="time">The clock.</param>
/// <param name="changed">Called, within the lock, when a batch may be due earlier than was said.</param>
internal sealed class EventBuffer(GuestSessionsOptions options, TimeProvider time, Action changed)
{
    private readonly Lock _turn = new();
    private readonly long _start = time.GetTimestamp();
    private readonly BufferSpace _space = new(options.BufferEvents, options.BufferBytes);
    private readonly Dictionary<string, GuestLine> _lines = new(StringComparer.Ordinal);
    private readonly Queue<GuestLine> _ready = new(); // In the order in which they became ready.
    private readonly PriorityQueue<GuestLine, TimeSpan> _parked = new(); // They wait for the time that the service named.
    private int _readyEvents;
    private long _readyBytes;
    private int _flushes;
    private bool _isClosed;

    /// <summary>Number of events that are held.</summary>
    public int Count
    {
        get
        {
            lock (_turn)
                return _space.Events;
        }
    }

    /// <summary>Whether nothing is held and nobody waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_turn)
                return _space is { Events: 0, HasWaiting: false };
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <returns>Null when it is in; otherwise the wait for space.</returns>
    /// <exception cref="InvalidOperationException">The buffer is closed.</exception>
    public Admission? Add(QueuedEvent added, bool mayWait, out bool isFull)
    {
        lock (_turn)
        {
            if (_isClosed)
                throw new InvalidOperationException("The client has stopped and takes no more events into its buffer.");
            isFull = !_space.TryTake(added);
            if (!isFull)
                PutIn(added);
            return isFull && mayWait ? _space.Wait(added) : null;
        }
    }

    /// <summary>Its caller no longer waits for space.</summary>
    public void Leave(Admission admission, CancellationToken token)
    {
        lock (_turn)
        {
            if (_space.TryLeave(admission))
                admission.Cancel(token);
            changed();
        }
    }

    /// <summary>Refuses further events. Who waits for space already still gets it.</summary>
    public void Close()
    {
        lock (_turn)
        {
            _isClosed = true;
            _flushes++;
            changed();
        }
    }

    /// <summary>Batches are due at once until <see cref="EndFlush"/>.</summary>
    /// <returns>What is held now.</returns>
    public IReadOnlyList<QueuedEvent> BeginFlush()
    {
        lock (_turn)
        {
            _flushes++;
            changed();
            return Held();
        }
    }

    public void EndFlush()
    {
        lock (_turn)
            _flushes--;
    }

    /// <summary>Nobody who waits for space gets it any more.</summary>
    public IReadOnlyList<Admission> RefuseWaiting()
    {
        lock (_turn)
            return _space.LeaveAll();
    }

    /// <summary>Everything that is held, each guest's events in their order.</summary>
    public IReadOnlyList<QueuedEvent> Held()
    {
        lock (_turn)
            return [.. _lines.Values.SelectMany(static line => line.InFlight.Concat(line.Waiting))];
    }

    /// <param name="batch">At least one event, those of a guest in their order.</param>
    /// <param name="wait">When no batch is due: after which time one is; <see cref="TimeSpan.MaxValue"/> if only a change can bring one.</param>
    public bool TryTake([NotNullWhen(true)] out IReadOnlyList<QueuedEvent>? batch, out TimeSpan wait)
    {
        lock (_turn)
        {
            var now = Now;
            while (_parked.TryPeek(out var parked, out var until) && until <= now)
            {
                _parked.Dequeue();
                MakeReady(parked, until);
            }

            wait = UntilDue(now);
            batch = wait > TimeSpan.Zero ? null : Take();
            return batch is not null;
        }
    }

    /// <summary>Brings back the answers to a batch.</summary>
    /// <param name="batch">As <see cref="TryTake"/> gave it.</param>
    /// <param name="again">Those of its events that have to be sent again, in their order, and when.</param>
    public void Return(IReadOnlyList<QueuedEvent> batch, IReadOnlyDictionary<QueuedEvent, TimeSpan> again)
    {
        lock (_turn)
        {
            foreach (var guest in batch.GroupBy(static one => one.Guest, StringComparer.Ordinal))
            {
                var line = _lines[guest.Key];
                List<QueuedEvent> returned = [.. guest.Where(again.ContainsKey)];
                foreach (var answered in guest.Where(one => !again.ContainsKey(one)))
                    _space.Free(answered);
                line.PutBack(returned);
                if (line.Count == 0)
                    _lines.Remove(line.Guest);
                else if (returned.Count > 0)
                    _parked.Enqueue(line, Now + returned.Max(one => again[one]));
                else
                    MakeReady(line, Now);
            }

            while (_space.Admit() is { } admitted)
            {
                PutIn(admitted.Event);
                admitted.Grant();
            }

            changed();
        }
    }

    private void PutIn(QueuedEvent added)
    {
        if (!_lines.TryGetValue(added.Guest, out var line))
            _lines.Add(added.Guest, line = new GuestLine(added.Guest));
        var isNew = line is { Count: 0, IsInFlight: false };
        line.Add(added);
        if (isNew)
        {
            MakeReady(line, Now);
        }
        else if (line is { IsInFlight: false, IsReady: true })
        {
            _readyEvents++;
            _readyBytes += added.Line.Length;
        }

        if ((isNew && _ready.Count == 1) || IsLarge)
            changed();
    }

    private void MakeReady(GuestLine line, TimeSpan since)
    {
        line.ReadySince = since;
        line.IsReady = true;
        _ready.Enqueue(line);
        _readyEvents += line.Count;
        _readyBytes += line.Bytes;
    }

    private bool IsLarge => _readyEvents >= options.BatchEvents || _readyBytes >= options.BatchBytes;

    private TimeSpan UntilDue(TimeSpan now)
    {
        var parked = _parked.TryPeek(out _, out var until) ? until - now : TimeSpan.MaxValue;
        if (_ready.Count == 0)
            return parked;
        var ready = IsLarge || _flushes > 0 ? TimeSpan.Zero : _ready.Peek().ReadySince + options.FlushInterval - now;
        return ready < parked ? ready : parked;
    }

    private List<QueuedEvent> Take()
    {
        List<QueuedEvent> batch = [];
        var bytes = 0L;
        while (batch.Count < options.BatchEvents && _ready.TryPeek(out var line) && Fits(line))
        {
            _ready.Dequeue();
            line.IsReady = false;
            _readyEvents -= line.Count;
            _readyBytes -= line.Bytes;
            while (line.Count > 0 && batch.Count < options.BatchEvents && Fits(line))
            {
                var taken = line.Take();
                batch.Add(taken);
                bytes += taken.Line.Length + 1;
            }
        }

        return batch;

        bool Fits(GuestLine line) => batch.Count == 0 || bytes + line.First.Line.Length < options.BatchBytes;
    }
}
