namespace GuestSessions.Client;

/// <summary>An event in the buffer.</summary>
public sealed class QueuedEvent
{
    // Continuations of a caller never run within the client's own work.
    private readonly TaskCompletionSource<EventReceipt> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal QueuedEvent(string guest, Envelope envelope)
    {
        Guest = guest;
        Line = envelope.Utf8;
        EventId = envelope.EventId;
        // Callers may leave it unobserved: drops are counted and called back besides.
        _ = _completion.Task.ContinueWith(static task => task.Exception, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The caller's id, or the one that the client created.</summary>
    public string EventId { get; }

    /// <summary>
    /// Ends with the receipt when the event is durable. Fails with <see cref="EventRejectedException"/>,
    /// <see cref="RequestRefusedException"/> or <see cref="EventNotStoredException"/> when it was given up. It may stay
    /// unobserved.
    /// </summary>
    public Task<EventReceipt> Completion => _completion.Task;

    internal string Guest { get; }

    internal byte[] Line { get; }

    internal bool WasSent { get; set; }

    /// <summary>Of its batch; null before the first one.</summary>
    internal LastFailure? LastFailure { get; set; }

    internal LeftEvent AsLeft() => new(Guest, EventId, Line, WasSent);

    internal void Complete(EventReceipt receipt) => _completion.TrySetResult(receipt);

    internal void Fail(GuestSessionsException reason) => _completion.TrySetException(reason);
}
