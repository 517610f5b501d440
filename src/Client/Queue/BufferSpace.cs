namespace GuestSessions.Client;

/// <summary>What the buffer holds, and who waits for space in it, in turn. Its buffer guards it.</summary>
/// <param name="events">Maximum number of events.</param>
/// <param name="bytes">Maximum bytes; an event of any size fits into an empty buffer.</param>
internal sealed class BufferSpace(int events, long bytes)
{
    private readonly LinkedList<Admission> _waiting = new();

    /// <summary>Number of events that are held, sent ones without an answer included.</summary>
    public int Events { get; private set; }

    public long Bytes { get; private set; }

    public bool HasWaiting => _waiting.Count > 0;

    public bool TryTake(QueuedEvent added)
    {
        if (HasWaiting || !Fits(added))
            return false;
        Take(added);
        return true;
    }

    public Admission Wait(QueuedEvent added)
    {
        var admission = new Admission(added);
        admission.Place = _waiting.AddLast(admission);
        return admission;
    }

    /// <summary>Gives up a place in the queue for space.</summary>
    /// <returns>False if it had space already.</returns>
    public bool TryLeave(Admission admission)
    {
        if (admission.Place is not { } place)
            return false;
        _waiting.Remove(place);
        admission.Place = null;
        return true;
    }

    /// <summary>Takes everybody out of the queue for space.</summary>
    public IReadOnlyList<Admission> LeaveAll()
    {
        List<Admission> all = [.. _waiting];
        all.ForEach(admission => TryLeave(admission));
        return all;
    }

    public void Free(QueuedEvent removed)
    {
        Events--;
        Bytes -= removed.Line.Length;
    }

    /// <summary>The next one that has space now, if there is one.</summary>
    public Admission? Admit()
    {
        if (_waiting.First is not { Value: var next } || !Fits(next.Event))
            return null;
        TryLeave(next);
        Take(next.Event);
        return next;
    }

    private bool Fits(QueuedEvent added) =>
        Events == 0 || (Events < events && Bytes + added.Line.Length <= bytes);

    private void Take(QueuedEvent added)
    {
        Events++;
        Bytes += added.Line.Length;
    }
}

/// <summary>A caller that waits for space.</summary>
/// <param name="added">Its event.</param>
internal sealed class Admission(QueuedEvent added)
{
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public QueuedEvent Event { get; } = added;

    /// <summary>Null once it waits no more.</summary>
    public LinkedListNode<Admission>? Place { get; set; }

    public Task Granted => _granted.Task;

    public void Grant() => _granted.TrySetResult();

    public void Refuse(GuestSessionsException reason) => _granted.TrySetException(reason);

    public void Cancel(CancellationToken token) => _granted.TrySetCanceled(token);
}
