namespace GuestSessions.Client;

/// <summary>The buffered events of one guest, in their order. Its buffer guards it.</summary>
/// <param name="guest">The guest.</param>
internal sealed class GuestLine(string guest)
{
    private Queue<QueuedEvent> _waiting = new();

    public string Guest { get; } = guest;

    /// <summary>What is in a batch that has no answer yet.</summary>
    public List<QueuedEvent> InFlight { get; } = [];

    public bool IsInFlight => InFlight.Count > 0;

    /// <summary>It waits for a batch, and neither for an answer nor for a time.</summary>
    public bool IsReady { get; set; }

    /// <summary>When it could be sent first, by the clock of the buffer.</summary>
    public TimeSpan ReadySince { get; set; }

    public int Count => _waiting.Count;

    public long Bytes { get; private set; }

    public QueuedEvent First => _waiting.Peek();

    public IEnumerable<QueuedEvent> Waiting => _waiting;

    public void Add(QueuedEvent added)
    {
        _waiting.Enqueue(added);
        Bytes += added.Line.Length;
    }

    public QueuedEvent Take()
    {
        var taken = _waiting.Dequeue();
        Bytes -= taken.Line.Length;
        taken.WasSent = true;
        InFlight.Add(taken);
        return taken;
    }

    /// <summary>The batch has its answer: what has to be sent again goes before what came after it.</summary>
    public void PutBack(IReadOnlyList<QueuedEvent> again)
    {
        InFlight.Clear();
        if (again.Count == 0)
            return;
        _waiting = new Queue<QueuedEvent>(again.Concat(_waiting));
        Bytes += again.Sum(static one => (long)one.Line.Length);
    }
}
